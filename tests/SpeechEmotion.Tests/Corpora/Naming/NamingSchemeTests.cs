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
    [TestCase(CorpusKind.Emovo, "m1/rab-m1-l3.wav", "anger", "m1", "l3")]
    [TestCase(CorpusKind.Emovo, "f3/PAU-f3-N5.wav", "fear", "f3", "n5")]
    [TestCase(CorpusKind.Aesdd, "anger/a14 (1).wav", "anger", "1", "14")]
    [TestCase(CorpusKind.Aesdd, "disgust/d03 (01).wav", "disgust", "1", "03")]
    [TestCase(CorpusKind.Aesdd, "sadness/s04 (5)b.wav", "sadness", "5", "04")]
    [TestCase(CorpusKind.Aesdd, "happiness/h02(2).wav", "happiness", "2", "02")]
    [TestCase(CorpusKind.Nemo, "samples/TP0_sadness_83.wav", "sadness", "TP0", "83")]
    [TestCase(CorpusKind.Nemo, "EB0_surprised_1.wav", "surprise", "EB0", "1")]
    [TestCase(CorpusKind.Turev, "Calm/1234_sk_cay.wav", "calm", "1234", "cay")]
    [TestCase(CorpusKind.Turev, "Happy/1984_mt_kemik.wav", "happiness", "1984", "kemik")]
    [TestCase(CorpusKind.Banglaser, "03-01-03-02-01-03-18.wav", "anger", "18", "01")]
    [TestCase(CorpusKind.Banglaser, "01-01-04-02-03-01-15.wav", "surprise", "15", "03")]
    [TestCase(CorpusKind.Banglaser, "Actor - 48/03-00-06-02-04-03-48.wav", "disgust", "48", "04")]
    [TestCase(CorpusKind.Esd, "0011/Angry/0011_000351.wav", "anger", "0011", "en001")]
    [TestCase(CorpusKind.Esd, "0001_001750.wav", "surprise", "0001", "zh350")]
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
    [TestCase(CorpusKind.Emovo, "rab-m4-l3.wav", "speaker f1 to f3")]
    [TestCase(CorpusKind.Emovo, "abc-m1-l3.wav", "none of rab")]
    [TestCase(CorpusKind.Aesdd, "x14 (1).wav", "emotion, sentence and (speaker)")]
    [TestCase(CorpusKind.Nemo, "TP0_disgust_83.wav", "none of anger")]
    [TestCase(CorpusKind.Turev, "7895_xx_demir.wav", "kz, mt, hl, sk")]
    [TestCase(CorpusKind.Banglaser, "03-01-08-02-01-03-18.wav", "01 to 07")]
    [TestCase(CorpusKind.Banglaser, "03-02-01-02-01-03-18.wav", "seven two-digit numbers")]
    [TestCase(CorpusKind.Esd, "0021_000001.wav", "0001 to 0020")]
    [TestCase(CorpusKind.Esd, "0001_001751.wav", "000001 to 001750")]
    [TestCase(CorpusKind.Iemocap, "Ses01F_other_F000.wav", "session, scene and turn")]
    [TestCase(CorpusKind.Meld, "train/dia_utt.mp4", "dialogue and utterance")]
    [TestCase(CorpusKind.MspPodcast, "PODCAST_1.wav", "podcast and segment")]
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
                // BanglaSER numbers its files as RAVDESS does, which is preferred where both fit.
                Is.EqualTo(scheme.Kind == CorpusKind.Ravdess ? [CorpusKind.Ravdess, CorpusKind.Banglaser] : new[] { scheme.Kind }));
    }

    [Test]
    public void Guess_ExampleOfEachScheme_FindsTheKind()
    {
        foreach (NamingScheme scheme in NamingScheme.All)
            Assert.That(CorpusKinds.Guess([scheme.Example]), Is.EqualTo(scheme.Kind));
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
