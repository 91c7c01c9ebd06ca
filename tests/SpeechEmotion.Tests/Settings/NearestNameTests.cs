using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Settings;

public class NearestNameTests
{
    [TestCase("", "", 0)]
    [TestCase("abc", "", 3)]
    [TestCase("", "ab", 2)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("Epochs", "epochs", 0)]
    [TestCase("Epochs", "Epoch", 1)]
    [TestCase("ab", "ba", 2)]
    public void Distance_IsLevenshteins(string a, string b, int distance)
    {
        Assert.That(NearestName.Distance(a, b), Is.EqualTo(distance));
        Assert.That(NearestName.Distance(b, a), Is.EqualTo(distance));
    }

    [Test]
    public void Suggest_CloseName_NamesIt()
    {
        Assert.That(NearestName.Suggest("Epoch", ["BatchSize", "Epochs"]), Is.EqualTo("; did you mean Epochs?"));
    }

    [Test]
    public void Suggest_NothingClose_ListsAllInOrder()
    {
        Assert.That(NearestName.Suggest("zzzzzz", ["BatchSize", "Beta"]), Is.EqualTo("; known are BatchSize, Beta"));
    }

    [Test]
    public void Suggest_NothingKnown_IsEmpty()
    {
        Assert.That(NearestName.Suggest("x", []), Is.Empty);
    }
}
