using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora.Naming;

internal sealed class NamingSchemeTests
{
    [TestCase(CorpusKind.Tess, "OAF_back_angry.wav", "anger", "OAF", "back")]
    [TestCase(CorpusKind.Tess, "OA_bite_neutral.wav", "neutral", "OAF", "bite")]
    [TestCase(CorpusKind.Tess, "x/YAF_pleasant_surprised/YAF_Back_ps.wav", "surprise", "YAF", "back")]
    [TestCase(CorpusKind.Tess, "yaf_two_words_Sad.WAV", "sadness", "YAF", "two_words")]
    [TestCase(CorpusKind.Ravdess, "Actor_12/03-01-05-02-01-01-12.wav", "anger", "Actor_12", "kids are talking by the door")]
    [TestCase(CorpusKind.Ravdess, "03-01-02-01-02-02-01.wav", "calm", "Actor_01", "dogs are sitting by the door")]
    [TestCase(CorpusKind.Ravdess, "01-01-08-01-02-02-24.m4a", "surprise", "Actor_24", "dogs are sitting by the door")]
    [TestCase(CorpusKind.EmoDb, "wav/03a01Fa.wav", "happiness", "03", "a01")]
    [TestCase(CorpusKind.EmoDb, "16b10Lb.wav", "boredom", "16", "b10")]
    [TestCase(CorpusKind.EmoDb, "08a02Na.wav", "neutral", "08", "a02")]
    [TestCase(CorpusKind.Savee, "DC_a01.wav", "anger", "DC", "")]
    [TestCase(CorpusKind.Savee, "AudioData/KL/su15.wav", "surprise", "KL", "")]
    [TestCase(CorpusKind.Savee, "jk/sa02.wav", "sadness", "JK", "")]
    [TestCase(CorpusKind.CremaD, "1001_DFA_ANG_XX.wav", "anger", "1001", "DFA")]
    [TestCase(CorpusKind.CremaD, "1040_ITH_SAD_X.wav", "sadness", "1040", "ITH")]
    [TestCase(CorpusKind.CremaD, "1091_ieo_hap_hi.WAV", "happiness", "1091", "IEO")]
    public void Read_NameOfTheCorpus_GivesEmotionSpeakerAndText(
        CorpusKind kind, string path, string emotion, string speaker, string text) =>
        Assert.That(NamingScheme.Find(kind)!.Read(path).Utterance, Is.EqualTo(new Utterance(path, emotion, speaker, text)));

    [TestCase(CorpusKind.Tess, "OAF_angry.wav", "SPEAKER_WORD_EMOTION")]
    [TestCase(CorpusKind.Tess, "XYZ_back_angry.wav", "neither OAF nor YAF")]
    [TestCase(CorpusKind.Tess, "OAF_back_bored.wav", "none of angry")]
    [TestCase(CorpusKind.Ravdess, "03-01-09-02-01-01-12.wav", "emotion (third number)")]
    [TestCase(CorpusKind.Ravdess, "03-01-05-02-01-01-25.wav", "actor (seventh number)")]
    [TestCase(CorpusKind.Ravdess, "03-01-05-02-01-01.wav", "seven two-digit numbers")]
    [TestCase(CorpusKind.EmoDb, "03a01Xa.wav", "sixth character")]
    [TestCase(CorpusKind.Savee, "AudioData/a01.wav", "speaker of SAVEE")]
    [TestCase(CorpusKind.Savee, "DC_x01.wav", "emotion and number")]
    [TestCase(CorpusKind.CremaD, "1001_DFA_SUR_XX.wav", "none of ANG")]
    public void Read_OtherName_StatesWhichRuleItBreaks(CorpusKind kind, string path, string rule)
    {
        NameReading reading = NamingScheme.Find(kind)!.Read(path);

        Assert.That(reading.Utterance, Is.Null);
        Assert.That(reading.Kind, Is.EqualTo(CorpusProblemKind.Misnamed));
        Assert.That(reading.Reason, Does.Contain(rule));
    }

    [TestCase("03-02-05-02-01-01-12.wav", "song")]
    [TestCase("02-01-05-02-01-01-12.wav", "without sound")]
    public void Read_RavdessOtherThanSpeech_IsLeftOut(string path, string reason)
    {
        NameReading reading = RavdessNames.Read(path);

        Assert.That(reading.Kind, Is.EqualTo(CorpusProblemKind.LeftOut));
        Assert.That(reading.Reason, Does.Contain(reason));
    }

    [Test]
    public void Example_OfEachScheme_IsReadByThatSchemeAlone()
    {
        foreach (NamingScheme scheme in NamingScheme.All)
            Assert.That(
                NamingScheme.All.Where(each => each.Read(scheme.Example).Understood).Select(each => each.Kind),
                Is.EqualTo(new[] { scheme.Kind }));
    }

    [TestCase("Angry", "anger")]
    [TestCase("05-FEARFUL", "fear")]
    [TestCase("Pleasant_surprise", "surprise")]
    [TestCase(" joy ", "happiness")]
    [TestCase("радость", "радость")]
    [TestCase("Contempt", "Contempt")]
    public void OrAsIs_Spelling_IsCanonicalOrAsItIs(string name, string expected) =>
        Assert.That(EmotionNames.OrAsIs(name), Is.EqualTo(expected));

    [Test]
    public void OrAsIs_CanonicalLabels_AreThemselves() =>
        Assert.That(Emotion.All.Select(EmotionNames.OrAsIs), Is.EqualTo(Emotion.All));
}
