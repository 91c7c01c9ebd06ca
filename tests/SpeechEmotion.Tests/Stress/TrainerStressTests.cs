using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Training;

namespace SpeechEmotion.Tests.Stress;

/// <summary>
/// The program's own trainer and reader under constant garbage collection give the bits of a quiet run.
/// SPEECHEMOTION_STRESS_SECONDS sets the length of the stormy part (default 20).
/// </summary>
[Category("Stress"), NonParallelizable, OneTorchThread]
public class TrainerStressTests
{
    private static readonly FeatureMatrix[] Clips = [.. SmallRun.Data(SmallRun.Settings).Validation.Select(clip => clip.Features)];

    [Test]
    public void TrainAndClassify_UnderAllocationStorm_GiveTheSameBits()
    {
        double seconds = double.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_STRESS_SECONDS") ?? "20",
            CultureInfo.InvariantCulture);
        RunSettings settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { Epochs = 2, Averaging = 0.9 } };
        Trace quiet = Trace.Record(settings);
        Assert.That(quiet.Probabilities, Is.All.Matches<float>(float.IsFinite));

        using AllocationStorm storm = new(threads: 4);
        Stopwatch watch = Stopwatch.StartNew();
        int runs = 0;
        do
        {
            Trace stormy = Trace.Record(settings);
            Assert.That(stormy.State.AsSpan().SequenceEqual(quiet.State), Is.True,
                $"weights and moments of run {runs} differ from the quiet one's");
            Assert.That(stormy.Probabilities, Is.EqualTo(quiet.Probabilities), $"run {runs}");
            runs++;
        }
        while (watch.Elapsed.TotalSeconds < seconds);

        TestContext.Out.WriteLine($"{runs * quiet.Steps} steps, {storm.Force.Arrays} arrays, {storm.Force.Collections} collections");
        Assert.That(storm.Force.Collections, Is.GreaterThan(100), "the storm did not blow");
    }

    /// <summary>A training and the predictions of its best model.</summary>
    private sealed record Trace(int Steps, byte[] State, float[] Probabilities)
    {
        public static Trace Record(RunSettings settings)
        {
            using var folder = new TemporaryFolder();
            int epochs = SmallRun.Train(settings, folder.Path).Rows.Count;
            Checkpoint last = Checkpoint.Load(folder["last.safetensors"]);
            using var classifier = TorchClassifier.From(Checkpoint.Load(folder["best.safetensors"]));
            return new Trace(
                epochs * (45 / settings.Training.BatchSize),
                [.. last.Weights.Concat(last.Extra).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Data)],
                [.. classifier.Probabilities(Clips).SelectMany(row => row)]);
        }
    }
}
