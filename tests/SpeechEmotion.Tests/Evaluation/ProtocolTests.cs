using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class ProtocolTests
{
    [Test]
    public void FromSplit_SharedSpeakers_IsReported()
    {
        Protocol protocol = Protocol.FromSplit(SplitBy.Random, ["OAF", "YAF", "OAF"], ["OAF", "YAF"]);
        Assert.Multiple(() =>
        {
            Assert.That(protocol.Split, Is.EqualTo("random"));
            Assert.That(protocol.SpeakersInBothParts, Is.True);
            Assert.That(protocol.Sentence,
                Does.Contain("All 2 test speakers were also seen in training").And.Contain("not for unseen speakers"));
        });
    }

    [Test]
    public void FromSplit_OneOfTwoShared_CountsIt()
    {
        Assert.That(Protocol.FromSplit(SplitBy.Predefined, ["a", "b"], ["b", "c"]).Sentence,
            Does.Contain("1 of 2 test speakers was also seen"));
    }

    [Test]
    public void FromSplit_UnseenSpeakers_IsReported()
    {
        Protocol protocol = Protocol.FromSplit(SplitBy.Speaker, ["1", "2"], ["3", "4"]);
        Assert.That(protocol.SpeakersInBothParts, Is.False);
        Assert.That(protocol.Sentence, Does.Contain("None of the 2 test speakers was seen in training"));
    }

    [Test]
    public void FromSplit_OneUnseenSpeaker_WarnsOfTheSingleSpeaker()
    {
        Assert.That(Protocol.FromSplit(SplitBy.Speaker, ["OAF"], ["YAF"]).Sentence, Does.Contain("single speaker"));
    }

    [Test]
    public void FromSplit_UnknownSpeakers_IsNull()
    {
        Protocol protocol = Protocol.FromSplit(SplitBy.Random, ["", ""], [""]);
        Assert.That(protocol.SpeakersInBothParts, Is.Null);
        Assert.That(protocol.Sentence, Does.Contain("Not all speakers are known"));
    }

    [Test]
    public void FromSplit_Synthetic_StatesThatItDoesNotApplyToRealSpeech()
    {
        Assert.That(Protocol.FromSplit(SplitBy.Speaker, ["1"], ["2", "3"], synthetic: true).Sentence,
            Does.Contain("synthetic").And.Contain("nothing about real speech"));
    }

    [Test]
    public void FromFolds_Folds_AreNamed()
    {
        Assert.That(Protocol.FromFolds(SplitBy.Random, 5, speakersInBothParts: true, speakers: 2).Sentence, Does.Contain("pool 5 folds"));
    }
}
