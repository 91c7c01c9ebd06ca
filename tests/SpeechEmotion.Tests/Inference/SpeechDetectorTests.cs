using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Inference;

/// <summary>How much speech the detector finds, and how much else it takes for speech: each decision of 32 ms as it falls.</summary>
public class SpeechDetectorTests
{
    private static readonly LiveSettings Settings = new();

    [Test]
    public void Next_SyntheticSpeechInNoise_FindsItAndLittleElse()
    {
        var voices = new SyntheticCorpus(new SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 1, Seed = 5 });
        AssertTargets([.. Enumerable.Range(0, 28).Select(i => voices.Render(i).Samples)]);
    }

    // The weights come from synthetic speech; features and thresholds were settled with an eye on these recordings too.
    [Test, Category(SharedData.Corpus)]
    public void Next_RavdessActorsInNoise_FindsThemAndLittleElse() =>
        AssertTargets(Clips("ravdess", path => int.Parse(Path.GetFileNameWithoutExtension(path)[^2..]) > 6, every: 5));

    [Test, Category(SharedData.Corpus)]
    public void Next_RavdessActorsOfDevelopment_FindsThemAndLittleElse() =>
        AssertTargets(Clips("ravdess", path => int.Parse(Path.GetFileNameWithoutExtension(path)[^2..]) <= 6, every: 7));

    [Test, Category(SharedData.Corpus)]
    public void Next_Tess_FindsItAndLittleElse() =>
        // Every clip begins with the s of "Say the word", which is itself a noise, and lies in white noise of 10 dB.
        AssertTargets(Clips("tess", _ => true, every: 40), foundInWhiteNoise: 0.92);

    private static void AssertTargets(IReadOnlyList<float[]> clips, double foundInWhiteNoise = 0.95)
    {
        Assert.Multiple(() =>
        {
            foreach (SceneNoise noise in Enum.GetValues<SceneNoise>())
            {
                DetectionScore[] scores = [.. new[] { 20, 10, 5 }.Select(snr => SpeechScene.Make(clips, noise, snr, seed: 17).Score(Settings))];
                TestContext.Out.WriteLine($"{noise,-8} {string.Join("   ", scores)}   (found / false alarms in % at 20, 10 and 5 dB)");
                if (noise == SceneNoise.Babble)
                    continue; // other voices are speech too
                Assert.That(scores[0].Found, Is.GreaterThanOrEqualTo(0.98), $"{noise} at 20 dB");
                Assert.That(scores[0].FalseAlarms, Is.LessThanOrEqualTo(0.02), $"{noise} at 20 dB");
                Assert.That(scores[1].Found, Is.GreaterThanOrEqualTo(noise == SceneNoise.White ? foundInWhiteNoise : 0.95), $"{noise} at 10 dB");
                Assert.That(scores[1].FalseAlarms, Is.LessThanOrEqualTo(0.05), $"{noise} at 10 dB");
            }
        });
    }

    private static float[][] Clips(string corpus, Func<string, bool> wanted, int every) =>
        [.. Directory.EnumerateFiles(SharedData.RequireCorpus(corpus), "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(wanted).Where((_, i) => i % every == every / 2).Select(path => AudioFile.Read(path, Sounds.Rate).Samples)];
}
