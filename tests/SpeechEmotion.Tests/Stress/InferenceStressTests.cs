using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Stress;

/// <summary>
/// Predictions from eight threads and twenty live sessions with one classifier under constant garbage collection give the bits of a
/// quiet run. SPEECHEMOTION_STRESS_SECONDS sets the length of each (default 5).
/// </summary>
[Category("Stress"), NonParallelizable]
public class InferenceStressTests
{
    private static readonly Waveform[] Clips =
        [.. Enumerable.Range(1, 6).Select(i =>
            new Waveform([.. TestSignals.Silence(0.3), .. TestSignals.Speech(i), .. TestSignals.Silence(0.6)], TestSignals.Rate))];

    private static double Seconds =>
        double.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_STRESS_SECONDS") ?? "5", CultureInfo.InvariantCulture);

    [Test]
    public void Classify_EightThreadsUnderAllocationStorm_GivesTheSameBits()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        Storm(8, clip => [.. classifier.Classify(clip).Probabilities.Values]);
    }

    [Test]
    public void Listen_TwentySessionsUnderAllocationStorm_GiveTheSameBits()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        Storm(20, clip => Listen(classifier, clip).GetAwaiter().GetResult());
    }

    private static void Storm(int threads, Func<Waveform, float[]> run)
    {
        float[][] quiet = [.. Clips.Select(run)];
        Assert.That(quiet.SelectMany(each => each), Is.All.Matches<float>(float.IsFinite));
        Assert.That(quiet, Is.All.Not.Empty);
        using AllocationStorm storm = new(threads: 4);
        var watch = Stopwatch.StartNew();
        int done = 0;
        Task[] all = [.. Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(() =>
        {
            for (int i = thread; watch.Elapsed.TotalSeconds < Seconds; i++)
            {
                if (!run(Clips[i % Clips.Length]).SequenceEqual(quiet[i % Clips.Length]))
                    throw new InvalidOperationException($"clip {i % Clips.Length} differs from the quiet run");
                Interlocked.Increment(ref done);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Assert.That(() => Task.WaitAll(all), Throws.Nothing);
        TestContext.Out.WriteLine($"{done} clips, {storm.Force.Arrays} arrays, {storm.Force.Collections} collections");
        Assert.That(done, Is.GreaterThanOrEqualTo(threads));
        Assert.That(storm.Force.Collections, Is.GreaterThan(10), "the storm did not blow");
    }

    private static async Task<float[]> Listen(EmotionClassifier classifier, Waveform clip)
    {
        List<float> probabilities = [];
        using var source = new FileSource("clip", clip, realTime: false);
        await foreach (StreamEvent each in new LiveSession(classifier, source).ListenAsync())
            probabilities.AddRange(each.Probabilities?.Values ?? Enumerable.Empty<float>());
        return [.. probabilities];
    }
}
