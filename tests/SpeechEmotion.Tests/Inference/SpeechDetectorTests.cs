using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Inference;

/// <summary>
/// How much speech the detector finds and how much else it takes for speech, each decision of 32 ms as it falls; then where the
/// utterances that are made of the decisions begin and end.
/// </summary>
[Category("Detector")]
public class SpeechDetectorTests
{
    private static readonly LiveSettings Settings = new();
    private static readonly int[] Ratios = [20, 10, 5];

    [Test]
    public void Next_SyntheticSpeechInNoise_FindsItAndLittleElse()
    {
        var voices = new SyntheticCorpus(new SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 1, Seed = 5 });
        AssertTargets("synthetic", [.. Enumerable.Range(0, 28).Select(i => voices.Render(i).Samples)]);
    }

    // The weights come from synthetic speech; features and thresholds were settled with an eye on RAVDESS's recordings too.
    [Test, Category(SharedData.Corpus)]
    public void Next_RavdessActorsInNoise_FindsThemAndLittleElse() => AssertTargets("ravdess 7-12", CorpusClips.RavdessOfThresholds());

    [Test, Category(SharedData.Corpus)]
    public void Next_RavdessActorsOfDevelopment_FindsThemAndLittleElse() => AssertTargets("ravdess 1-6", CorpusClips.RavdessOfDevelopment());

    [Test, Category(SharedData.Corpus)]
    public void Next_Tess_FindsItAndLittleElse() =>
        // Every clip begins with the s of "Say the word", which is itself a noise, and lies in white noise of 10 dB.
        AssertTargets("tess", CorpusClips.Tess(), foundInWhiteNoise: 0.92);

    [Test, Category(SharedData.Corpus)]
    public void Cut_RavdessActorsInNoise_BeginsAndEndsWhereTheyDo() => AssertBoundaries("ravdess 7-12", CorpusClips.RavdessOfThresholds());

    [Test, Category(SharedData.Corpus)]
    public void Cut_RavdessActorsOfDevelopment_BeginsAndEndsWhereTheyDo() => AssertBoundaries("ravdess 1-6", CorpusClips.RavdessOfDevelopment());

    [Test, Category(SharedData.Corpus)]
    public void Cut_Tess_BeginsAndEndsWhereItDoes() => AssertBoundaries("tess", CorpusClips.Tess());

    private static void AssertTargets(string name, IReadOnlyList<float[]> clips, double foundInWhiteNoise = 0.95)
    {
        Assert.Multiple(() =>
        {
            foreach (SceneNoise noise in Enum.GetValues<SceneNoise>())
            {
                DetectionScore[] scores = [.. Ratios.Select(snr => SpeechScene.Make(clips, noise, snr, seed: 17).Score(Settings))];
                TestContext.Out.WriteLine($"decisions, {name}, {noise}: {string.Join("   ", scores)}   (found / false alarms in % at 20, 10 and 5 dB)");
                if (noise == SceneNoise.Babble)
                    continue; // other voices are speech too
                Assert.That(scores[0].Found, Is.GreaterThanOrEqualTo(0.98), $"{noise} at 20 dB");
                Assert.That(scores[0].FalseAlarms, Is.LessThanOrEqualTo(0.02), $"{noise} at 20 dB");
                Assert.That(scores[1].Found, Is.GreaterThanOrEqualTo(noise == SceneNoise.White ? foundInWhiteNoise : 0.95), $"{noise} at 10 dB");
                Assert.That(scores[1].FalseAlarms, Is.LessThanOrEqualTo(0.05), $"{noise} at 10 dB");
            }
        });
    }

    private static void AssertBoundaries(string name, IReadOnlyList<float[]> clips)
    {
        Assert.Multiple(() =>
        {
            foreach (SceneNoise noise in Enum.GetValues<SceneNoise>())
                foreach (double snr in noise == SceneNoise.White ? [double.PositiveInfinity, 20, 10, 5] : new double[] { 20, 10, 5 })
                {
                    UtteranceScore score = UtteranceScore.Of(SpeechScene.Make(clips, noise, snr, seed: 17), Settings);
                    string where = double.IsInfinity(snr) ? "clean" : $"{noise} {snr} dB";
                    TestContext.Out.WriteLine($"utterances, {name}, {where}: {score}");
                }
        });
    }
}
