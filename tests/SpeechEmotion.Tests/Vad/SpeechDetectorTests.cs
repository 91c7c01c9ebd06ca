using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Vad;

/// <summary>
/// Hits and false alarms of the detector over VAD frames of 32 ms; then the errors of the boundaries of the utterances that the
/// segmenter makes of its decisions.
/// </summary>
[Category("Detector")]
public class SpeechDetectorTests
{
    private static readonly LiveSettings Settings = new();
    private static readonly int[] Ratios = [20, 10, 5];

    [Test]
    public void Next_SyntheticSpeechInNoise_FindsItAndLittleElse()
    {
        var speakers = new SyntheticCorpus(new SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 1, Seed = 5 });
        AssertTargets("synthetic", [.. Enumerable.Range(0, 28).Select(i => speakers.Render(i).Samples)]);
    }

    // The weights were fitted to synthetic speech; features and thresholds were chosen on RAVDESS as well.
    [Test, Category(SharedData.Corpus)]
    public void Next_RavdessActorsInNoise_FindsThemAndLittleElse() => AssertTargets("ravdess 7-12", CorpusClips.RavdessOfThresholds());

    [Test, Category(SharedData.Corpus)]
    public void Next_RavdessActorsOfDevelopment_FindsThemAndLittleElse() =>
        AssertTargets("ravdess 1-6", CorpusClips.RavdessOfDevelopment());

    [Test, Category(SharedData.Corpus)]
    public void Next_Tess_FindsItAndLittleElse() => AssertTargets("tess", CorpusClips.Tess());

    [Test, Category(SharedData.Corpus)]
    public void Cut_RavdessActorsInNoise_BeginsAndEndsWhereTheyDo() => AssertBoundaries("ravdess 7-12", CorpusClips.RavdessOfThresholds());

    [Test, Category(SharedData.Corpus)]
    public void Cut_RavdessActorsOfDevelopment_BeginsAndEndsWhereTheyDo() =>
        AssertBoundaries("ravdess 1-6", CorpusClips.RavdessOfDevelopment());

    [Test, Category(SharedData.Corpus)]
    public void Cut_Tess_BeginsAndEndsWhereItDoes() =>
        // Every clip begins with the s of "Say the word", which is itself a noise, and lies in white noise of 10 dB.
        AssertBoundaries("tess", CorpusClips.Tess(), lateInWhiteNoise: 150, latestInWhiteNoise: 300);

    private static void AssertTargets(string name, IReadOnlyList<float[]> clips)
    {
        Assert.Multiple(() =>
        {
            foreach (SceneNoise noise in Enum.GetValues<SceneNoise>())
            {
                DetectionScore[] scores = [.. Ratios.Select(snr => SpeechScene.Make(clips, noise, snr, seed: 17).Score(Settings))];
                TestContext.Out.WriteLine($"VAD frames, {name}, {noise}: {string.Join("   ", scores)}   "
                    + "(found / false alarms in % at 20, 10 and 5 dB)");
                if (noise == SceneNoise.Babble)
                    continue; // babble is speech too
                Assert.That(scores[0].Found, Is.GreaterThanOrEqualTo(0.98), $"{noise} at 20 dB");
                Assert.That(scores[0].FalseAlarms, Is.LessThanOrEqualTo(0.02), $"{noise} at 20 dB");
                Assert.That(scores[1].Found, Is.GreaterThanOrEqualTo(0.95), $"{noise} at 10 dB");
                Assert.That(scores[1].FalseAlarms, Is.LessThanOrEqualTo(0.05), $"{noise} at 10 dB");
            }
        });
    }

    /// <param name="name">Of the recordings.</param>
    /// <param name="clips">Their sound.</param>
    /// <param name="lateInWhiteNoise">Maximum of the median error of an onset in white noise of 10 dB, in milliseconds.</param>
    /// <param name="latestInWhiteNoise">Maximum of the 90th percentile of that error.</param>
    private static void AssertBoundaries(
        string name, IReadOnlyList<float[]> clips, double lateInWhiteNoise = 60, double latestInWhiteNoise = 120)
    {
        Assert.Multiple(() =>
        {
            foreach (SceneNoise noise in Enum.GetValues<SceneNoise>())
                foreach (double snr in noise == SceneNoise.White ? [double.PositiveInfinity, 20, 10, 5] : new double[] { 20, 10, 5 })
                {
                    UtteranceScore score = UtteranceScore.Compute(SpeechScene.Make(clips, noise, snr, seed: 17), Settings);
                    string where = double.IsInfinity(snr) ? "clean" : $"{noise} {snr} dB";
                    TestContext.Out.WriteLine($"utterances, {name}, {where}: {score}");
                    if (noise == SceneNoise.Babble || snr < 10)
                        continue;
                    bool isHard = noise == SceneNoise.White && snr == 10;
                    Assert.That(Math.Abs(UtteranceScore.Quantile(score.Starts, 0.5)), Is.LessThanOrEqualTo(isHard ? lateInWhiteNoise : 60),
                        where);
                    Assert.That(UtteranceScore.Quantile(score.Starts.Select(Math.Abs), 0.9),
                        Is.LessThanOrEqualTo(isHard ? latestInWhiteNoise : 120), where);
                    // The features look back 0.2 s, which delays an end by as much.
                    Assert.That(UtteranceScore.Quantile(score.Ends, 0.5), Is.InRange(0, 200), where);
                    Assert.That(UtteranceScore.Quantile(score.Ends.Select(Math.Abs), 0.9), Is.LessThanOrEqualTo(250), where);
                    Assert.That(score.Split, Is.LessThanOrEqualTo(0.03 * score.Utterances), where);
                    Assert.That(score.Merged, Is.LessThanOrEqualTo(0.1 * score.Utterances), where);
                    Assert.That(score.Missed + score.Extra, Is.LessThanOrEqualTo(0.05 * score.Utterances), where);
                }
        });
    }
}
