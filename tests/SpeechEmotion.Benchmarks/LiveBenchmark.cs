using System.Diagnostics;
using System.Runtime.InteropServices;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Models;
using SpeechEmotion.Streaming;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>live [MODEL]</c>: the cost of streaming with a shipped model. In processor time, which does not depend on other work of the
/// machine: windows of 3 s on one thread, 200 streams at two windows a second in two batches on two threads, and the same number of
/// streams from samples to events, in batches and each alone. In wall time: the latency from the last sample of a hop to its event, for a
/// recording in real time.
/// </summary>
internal static class LiveBenchmark
{
    private const int Windows = 1000, WarmUp = 300, WindowSamples = 3 * 16000;
    private const int Streams = 200, Threads = 2, Ticks = 12;
    private const double WindowsPerSecond = 2;
    private const double MaxPerWindow = 5, MaxLatency = 20; // ms
    private const int PacedSeconds = 40;

    public static int Run(string[] args)
    {
        set_num_threads(1);
        using EmotionClassifier classifier = TorchClassifier.Load(args is [string model] ? model : "voices");
        float[] sound = Sound(PacedSeconds);
        bool ok = Alone(classifier, sound) & Together(classifier, sound) & Whole(classifier, sound);
        return ok & Paced(classifier, sound).GetAwaiter().GetResult() ? 0 : 1;
    }

    private static bool Alone(EmotionClassifier classifier, float[] sound)
    {
        double[] features = new double[Windows], all = new double[Windows];
        for (int i = -WarmUp; i < Windows; i++)
        {
            ReadOnlySpan<float> window = sound.AsSpan((i + WarmUp) * 1000 % (sound.Length - WindowSamples), WindowSamples);
            double start = ThreadMilliseconds();
            classifier.Features(window);
            double between = ThreadMilliseconds();
            classifier.ClassifyWindow(window, null); // features once more, and the network
            if (i >= 0)
                (features[i], all[i]) = (between - start, ThreadMilliseconds() - between);
        }
        Array.Sort(features);
        Array.Sort(all);
        Console.WriteLine("a window of 3 s, features and network on one thread: "
            + $"p50 {Quantile(all, 0.5):0.00} ms, p95 {Quantile(all, 0.95):0.00} ms, "
            + $"p99 {Quantile(all, 0.99):0.00} ms of processor time (p99 at most {MaxPerWindow}); "
            + $"features of it p50 {Quantile(features, 0.5):0.00} ms, p99 {Quantile(features, 0.99):0.00} ms");
        return Quantile(all, 0.99) <= MaxPerWindow;
    }

    /// <summary>Each thread has half of the streams in a batch of its own; a tick is a window of each stream.</summary>
    private static bool Together(EmotionClassifier classifier, float[] sound)
    {
        double[] spent = new double[Threads];
        int windows = 0;
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            var batch = new ClassifierBatch(classifier);
            for (int tick = -2; tick < Ticks; tick++)
            {
                double before = ThreadMilliseconds();
                for (int stream = 0; stream < Streams / Threads; stream++)
                    batch.Add(sound.AsSpan(((stream * 7919) + (tick * 8000) + 16000) % (sound.Length - WindowSamples), WindowSamples),
                        _ => Interlocked.Increment(ref windows));
                batch.Run();
                spent[thread] += tick < 0 ? 0 : ThreadMilliseconds() - before; // the first two warm up
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        double seconds = Ticks / WindowsPerSecond, share = spent.Max() / 1000 / seconds,
            wall = Stopwatch.GetElapsedTime(start).TotalSeconds * Ticks / (Ticks + 2);
        Console.WriteLine($"{Streams} streams at {WindowsPerSecond} windows a second: {share:0.00} of each of two cores (at most 1), "
            + $"{spent.Sum() / Ticks / Streams:0.00} ms of processor time a window; "
            + $"{seconds:0.0} s of them took {wall:0.0} s of wall time, {windows} windows in all");
        return share <= 1;
    }

    /// <summary>Streams from samples to events, a tenth of a second of each in turn; half of them a thread.</summary>
    private static bool Whole(EmotionClassifier classifier, float[] sound)
    {
        double together = Run(() => new ClassifierBatch(classifier)), alone = Run(() => null);
        Console.WriteLine($"{Streams} streams from samples to events: {together:0.00} of each of two cores in batches (at most 1), "
            + $"{alone:0.00} each stream alone");
        return together <= 1;

        double Run(Func<ClassifierBatch?> batchOf)
        {
            double[] spent = new double[Threads];
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
            {
                ClassifierBatch? batch = batchOf();
                EmotionStream[] streams = [.. Enumerable.Range(0, Streams / Threads)
                    .Select(_ => batch is null ? new EmotionStream(classifier, 16000) : new EmotionStream(batch, 16000))];
                const int Step = 1600, WarmUpSteps = 20, Steps = 120;
                for (int step = 0; step < WarmUpSteps + Steps; step++)
                {
                    double before = ThreadMilliseconds();
                    for (int i = 0; i < streams.Length; i++)
                        streams[i].Push(sound.AsSpan(((i * 7919) + (step * Step)) % (sound.Length - Step), Step));
                    batch?.Run();
                    spent[thread] += step < WarmUpSteps ? 0 : (ThreadMilliseconds() - before) / (Steps * Step / 16.0);
                }
            }))];
            foreach (Thread thread in threads)
                thread.Start();
            foreach (Thread thread in threads)
                thread.Join();
            return spent.Max();
        }
    }

    private static async Task<bool> Paced(EmotionClassifier classifier, float[] sound)
    {
        using var source = new FileSource("paced", new Waveform(sound, 16000), realTime: true);
        StreamSummary? summary = null;
        await foreach (StreamEvent found in new LiveSession(classifier, source).ListenAsync())
            summary = found.Summary;
        Console.WriteLine($"{PacedSeconds} s in real time, {summary!.Utterances} utterances: from a window's last sample to its event "
            + $"p50 {summary.LatencyP50:0.0} ms, p95 {summary.LatencyP95:0.0} ms, "
            + $"p99 {summary.LatencyP99:0.0} ms (p95 at most {MaxLatency}); "
            + $"real-time factor {summary.RealTimeFactor:0.0000}");
        return summary.Utterances > 0 && summary.LatencyP95 <= MaxLatency;
    }

    /// <summary>Utterances of the synthetic corpus, a pause after each.</summary>
    private static float[] Sound(int seconds)
    {
        var speakers = new Corpora.Synthetic.SyntheticCorpus(new Settings.SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 1 });
        List<float> samples = [];
        for (int i = 0; samples.Count < seconds * 16000; i++)
            samples.AddRange([.. speakers.Render(i % speakers.Utterances.Count).Samples, .. new float[12000]]);
        return [.. samples.Take(seconds * 16000)];
    }

    private static double Quantile(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];

    /// <summary>Processor time of this thread; on systems that do not report it, wall time.</summary>
    private static double ThreadMilliseconds() =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadClock, out Time now) == 0 ? (1000.0 * now.Seconds) + (now.Nanoseconds / 1e6)
            : Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;

    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds, Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Time time);
}
