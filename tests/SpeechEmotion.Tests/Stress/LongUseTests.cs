using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Training;

namespace SpeechEmotion.Tests.Stress;

/// <summary>
/// A process holds no more tensors, threads, files and children after many uses than before. SPEECHEMOTION_ROUNDS is the number of live
/// sessions and a tenth of the number of predictions and of training steps (default 20).
/// </summary>
[Category("Leak"), NonParallelizable]
public class LongUseTests
{
    private static readonly Waveform Clip =
        new([.. TestSignals.Silence(0.3), .. TestSignals.Speech(3), .. TestSignals.Silence(0.6)], TestSignals.Rate);

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_ROUNDS") ?? "20",
        CultureInfo.InvariantCulture);

    [Test]
    public void LiveSessions_OpenedAndClosed_LeaveNothing()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        AssertFlat(Rounds, () => Listen(classifier, Clip));
    }

    [Test]
    public void Predictions_Many_LeaveNothing()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        AssertFlat(Rounds * 10, () => classifier.Classify(Clip));
    }

    [Test]
    public void TrainingSteps_Many_LeaveNothing()
    {
        const int stepsPerEpoch = 45 / 8;
        using var folder = new TemporaryFolder();
        RunSettings settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { Epochs = Rounds * 10 / stepsPerEpoch,
            Patience = 0 } };
        // Each network counts its parameters once more than they exist (see TensorCount): as many in a long training as in a short one.
        RunSettings shortest = settings with { Training = settings.Training with { Epochs = 1 } };
        SmallRun.Train(shortest, folder["warm-up"]);
        long before = TensorCount.Now();
        SmallRun.Train(shortest, folder["short"]);
        AssertFlat(1, () => SmallRun.Train(settings, folder["run"]), tensors: TensorCount.Now() - before, warmUp: 0);
    }

    /// <summary>Compares before and after many repetitions, the first ones being a warm-up.</summary>
    private static void AssertFlat(int times, Action work, long tensors = 0, int warmUp = 3)
    {
        for (int i = 0; i < warmUp; i++)
            work();
        Held before = Held.Now();
        for (int i = 0; i < times; i++)
            work();
        Held after = Held.Now();
        TestContext.Out.WriteLine($"{times} times: before {before}, after {after}");
        Assert.That(after.Tensors, Is.EqualTo(before.Tensors + tensors), "tensors");
        // Pools of the runtime grow and shrink by a few.
        Assert.That(after.Threads, Is.LessThanOrEqualTo(before.Threads + 8), "threads");
        Assert.That(after.Handles, Is.LessThanOrEqualTo(before.Handles + 8), "open files");
        Assert.That(after.Children, Is.EqualTo(before.Children), "child processes");
        Assert.That(after.LiveThreads, Is.Zero, "threads of sessions");
    }

    private static void Listen(EmotionClassifier classifier, Waveform sound)
    {
        using var source = new FileSource("clip", sound, realTime: false);
        Task listening = Task.Run(async () =>
        {
            await foreach (StreamEvent found in new LiveSession(classifier, source).ListenAsync())
                GC.KeepAlive(found);
        });
        listening.GetAwaiter().GetResult();
    }

    private sealed record Held(long Tensors, int Threads, int Handles, int Children, int LiveThreads)
    {
        public static Held Now()
        {
            long tensors = TensorCount.Now();
            using var self = Process.GetCurrentProcess();
            return new Held(
                tensors,
                self.Threads.Count,
                Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : self.HandleCount,
                Directory.Exists("/proc/self/task") ? Directory.GetDirectories("/proc/self/task").Sum(Count) : 0,
                LiveSession.ThreadsAlive);
        }

        private static int Count(string task)
        {
            try
            {
                return File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            }
            catch (IOException)
            {
                return 0; // the thread has ended
            }
        }
    }
}
