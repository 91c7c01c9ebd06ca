using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Vad;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// What live listening costs on one thread with the shipped model: a window of 3 s alone, the windows that 200 streams ask for in
/// half a second (it must take less than that), and a second of sound through the speech detector.
/// </summary>
[Config(typeof(InProcess))]
public class LiveBenchmarks
{
    private const int Streams = 200;

    private readonly float[] window = Noise(3 * 16000);
    private EmotionClassifier classifier = null!;
    private ClassifierBatch batch = null!;
    private SpeechDetector detector = null!;

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1);
        classifier = TorchClassifier.Load("voices");
        batch = new ClassifierBatch(classifier);
        detector = new SpeechDetector(new LiveSettings(), 16000);
    }

    [Benchmark(Description = "a window of 3 s")]
    public float[] Window() => classifier.ClassifyWindow(window, null).Probabilities;

    [Benchmark(Description = "windows of 200 streams")]
    public int Together()
    {
        int windows = 0;
        for (int i = 0; i < Streams; i++)
            batch.Add(window, _ => windows++);
        batch.Run();
        return windows;
    }

    [Benchmark(Description = "speech detection, 1 s")]
    public bool Detect()
    {
        bool any = false;
        for (int at = 0; at + detector.FrameLength <= 16000; at += detector.FrameLength)
            any |= detector.Next(window.AsSpan(at, detector.FrameLength)).IsSpeech;
        return any;
    }

    private static float[] Noise(int samples)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, samples).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private sealed class InProcess : ManualConfig
    {
        // BenchmarkDotNet's default toolchain builds a project of its own, in which libtorch does not load.
        public InProcess() => AddJob(Job.ShortRun.WithIterationCount(10).WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumn(StatisticColumn.Min, StatisticColumn.Median, StatisticColumn.P95);
    }
}
