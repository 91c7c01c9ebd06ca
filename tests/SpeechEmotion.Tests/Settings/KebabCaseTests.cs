using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Settings;

public class KebabCaseTests
{
    [TestCase(CorpusKind.EmoDb, "emo-db")]
    [TestCase(CorpusKind.CremaD, "crema-d")]
    [TestCase(CorpusKind.Tess, "tess")]
    public void From_Kind_IsItsNameInConfigs(CorpusKind kind, string name)
    {
        Assert.That(KebabCase.From(kind), Is.EqualTo(name));
    }

    [Test]
    public void NamesOf_Kinds_AreThoseOfTheFoldersBelowData()
    {
        Assert.That(KebabCase.NamesOf(typeof(CorpusKind)), Is.EqualTo(Enum.GetValues<CorpusKind>().Select(CorpusKinds.NameOf)));
        Assert.That(KebabCase.NamesOf(typeof(ModelKind)), Is.EqualTo(new[] { "conv", "lstm", "conv-lstm", "statistics" }));
    }
}
