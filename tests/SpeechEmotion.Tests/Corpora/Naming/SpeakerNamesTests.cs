using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora.Naming;

public class SpeakerNamesTests
{
    private static readonly string[] Known = ["a/01", "a/02", "b/01", "b/x/y", "", "memory"];

    [TestCase("a/02", ExpectedResult = "a/02")]
    [TestCase("02", ExpectedResult = "a/02")]
    [TestCase("b/01", ExpectedResult = "b/01")]
    [TestCase("x/y", ExpectedResult = "b/x/y")]
    [TestCase("memory", ExpectedResult = "memory")]
    public string Resolve_FullOrUniqueName_IsFound(string name) => SpeakerNames.Resolve(Known, [name], "Split.TestSpeakers").Single();

    [TestCase("01", "Split.TestSpeakers = 01: speakers of 2 corpora have this name; give the full name: a/01 or b/01")]
    [TestCase("y", "Split.TestSpeakers = y: no such speaker; the corpus has a/01, a/02, b/01, b/x/y, memory")]
    [TestCase("A/01", "Split.TestSpeakers = A/01: no such speaker; the corpus has a/01, a/02, b/01, b/x/y, memory")]
    public void Resolve_AmbiguousOrUnknownName_ListsTheFullNames(string name, string message) =>
        Assert.That(() => SpeakerNames.Resolve(Known, [name], "Split.TestSpeakers"),
            Throws.ArgumentException.With.Message.EqualTo(message));

    [Test]
    public void ForSeed_NameOfTheCorpus_CountsWhereCorporaAreJoined()
    {
        Assert.That(SpeakerNames.ForSeed(new CorpusSettings(), "mine/anna"), Is.EqualTo("anna"));
        Assert.That(SpeakerNames.ForSeed(new CorpusSettings { Sources = [new()] }, "mine/anna"), Is.EqualTo("mine/anna"));
    }

    [Test]
    public void Full_SpeakerNotKnown_StaysEmpty()
    {
        Assert.That(SpeakerNames.Full("mine", "anna"), Is.EqualTo("mine/anna"));
        Assert.That(SpeakerNames.Full("mine", ""), Is.Empty);
    }
}
