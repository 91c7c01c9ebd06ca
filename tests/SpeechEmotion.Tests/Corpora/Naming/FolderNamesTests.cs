using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Tests.Corpora.Naming;

internal sealed class FolderNamesTests
{
    [TestCase("angry/1.wav", "anger", "", null)]
    [TestCase("angry/anna/1.wav", "anger", "anna", null)]
    [TestCase("anna/angry/1.wav", "anger", "anna", null)]
    [TestCase("data/anna/03-Happy/1.wav", "happiness", "anna", null)]
    [TestCase("train/angry/1.wav", "anger", "", Part.Train)]
    [TestCase("anna/test/sad/1.wav", "sadness", "anna", Part.Test)]
    [TestCase("dev/анна/joy/take 1/1.wav", "happiness", "take 1", Part.Validation)]
    [TestCase("0001/Angry/evaluation/1.wav", "anger", "0001", Part.Test)] // without a test part
    [TestCase("anna/devel/angry/1.wav", "anger", "anna", Part.Validation)]
    [TestCase("Training_Set/angry/anna/1.wav", "anger", "anna", Part.Train)]
    [TestCase("test1/angry/anna/1.wav", "anger", "anna", Part.Test)]
    public void Read_OneFile_FindsEmotionSpeakerAndPart(string path, string emotion, string speaker, Part? part) =>
        Assert.That(Read(path), Is.EqualTo(new[] { new Utterance(path, emotion, speaker, "", part) }));

    [Test]
    public void Read_SpeakersNamedLikeEmotions_GoesByTheLevelOfMost()
    {
        IReadOnlyList<Utterance?> below = Read("anger/Joy/1.wav", "anger/Ben/1.wav", "sadness/Joy/1.wav", "sadness/Ben/1.wav");
        IReadOnlyList<Utterance?> above = Read("Joy/anger/1.wav", "Ben/anger/1.wav", "Joy/sadness/1.wav");

        Assert.That(below.Select(each => (each!.Emotion, each.Speaker)).First(), Is.EqualTo(("anger", "Joy")));
        Assert.That(above.Select(each => (each!.Emotion, each.Speaker)).First(), Is.EqualTo(("anger", "Joy")));
    }

    [Test]
    public void Read_EmotionsUnknown_TakesTheFirstLevelBelowParts()
    {
        IReadOnlyList<Utterance?> read = Read("train/гнев/анна/1.wav", "test/радость/анна/1.wav");

        Assert.That(read, Is.EqualTo(new[]
        {
            new Utterance("train/гнев/анна/1.wav", "гнев", "анна", "", Part.Train),
            new Utterance("test/радость/анна/1.wav", "радость", "анна", "", Part.Test),
        }));
    }

    [Test]
    public void Read_UnknownBesideKnown_StaysAsItIs() =>
        Assert.That(Read("anger/1.wav", "Contempt/1.wav")[1]!.Emotion, Is.EqualTo("Contempt"));

    [Test]
    public void Read_EvaluationBesideTest_IsTheValidationPartAndNoSpeaker()
    {
        IReadOnlyList<Utterance?> read = Read("0001/Angry/evaluation/1.wav", "0001/Angry/test/2.wav", "0001/Angry/train/3.wav");

        Assert.That(read.Select(each => (each!.Speaker, each.Part)), Is.EqualTo(new (string, Part?)[]
        {
            ("0001", Part.Validation), ("0001", Part.Test), ("0001", Part.Train),
        }));
    }

    [TestCase("male/angry/1.wav", "", "male")]
    [TestCase("Women/anna/angry/1.wav", "anna", "Women")]
    [TestCase("angry/F/anna/1.wav", "anna", "F")]
    [TestCase("angry/boys/1.wav", "", "boys")]
    [TestCase("anna/angry/1.wav", "anna", null)]
    public void Read_FolderOfAGender_IsNoSpeakerAndNoted(string path, string speaker, string? gender)
    {
        NameReading reading = FolderNames.Read([path]).Single();

        Assert.That(reading.Utterance!.Speaker, Is.EqualTo(speaker));
        string note = gender is null ? "" : $"the folder '{gender}' is a gender, not a speaker";
        Assert.That(reading.Reason, Is.EqualTo(gender is not null && speaker.Length == 0 ? note + "; the speaker is not known" : note));
    }

    [Test]
    public void Read_NoFolder_IsMisnamed() => Assert.That(Read("anger/1.wav", "2.wav")[1], Is.Null);

    private static Utterance?[] Read(params string[] paths) => [.. FolderNames.Read(paths).Select(each => each.Utterance)];
}
