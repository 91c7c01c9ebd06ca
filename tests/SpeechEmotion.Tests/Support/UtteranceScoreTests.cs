using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Support;

public class UtteranceScoreTests
{
    private static readonly LiveSettings Settings = new() { PreRollSeconds = 0.3, HangoverSeconds = 0.3 };
    private static readonly (long, long)[] Speech = [(16000, 32000), (64000, 80000)];

    [Test]
    public void Compute_CutsAsIntended_HaveNoError() =>
        AssertScore(Score((11200, 36800), (59200, 84800)), [0, 0], [0, 0], 0, 0, 0, 0);

    [Test]
    public void Compute_LateAndLong_IsPositive() =>
        AssertScore(Score((12800, 36800), (59200, 88000)), [100, 0], [0, 200], 0, 0, 0, 0);

    [Test]
    public void Compute_OneCutOverBoth_IsMerged() => AssertScore(Score((11200, 84800)), [0], [0], 0, 1, 0, 0);

    [Test]
    public void Compute_TwoCutsInOne_AreSplit() =>
        AssertScore(Score((11200, 20000), (24000, 36800), (59200, 84800)), [0, 0], [0, 0], 1, 0, 0, 0);

    [Test]
    public void Compute_NoiseInsteadOfSpeech_IsMissedAndExtra() => AssertScore(Score((11200, 36800), (90000, 96000)), [0], [0], 0, 0, 1, 1);

    [Test]
    public void Compute_BreathThatIsNotFound_IsNoMiss()
    {
        UtteranceScore score = UtteranceScore.Compute([(8000, 11000), .. Speech], [(11200, 36800), (59200, 84800)], Settings);
        Assert.That((score.Utterances, score.Missed, score.Merged), Is.EqualTo((2, 0, 0)));
    }

    private static UtteranceScore Score(params (long, long)[] cuts) => UtteranceScore.Compute(Speech, cuts, Settings);

    private static void AssertScore(UtteranceScore score, double[] starts, double[] ends, int split, int merged, int missed, int extra)
    {
        Assert.That(score.Starts, Is.EqualTo(starts));
        Assert.That(score.Ends, Is.EqualTo(ends));
        Assert.That((score.Utterances, score.Split, score.Merged, score.Missed, score.Extra),
            Is.EqualTo((2, split, merged, missed, extra)));
    }
}
