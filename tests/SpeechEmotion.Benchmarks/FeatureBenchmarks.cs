using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// Time and memory of MFCC(40) + chroma(12) + mel on one thread, beside the floor: libtorch's real FFT of the same frames.
/// Clip: 2.05 s at 24,414 Hz, librosa's defaults (n_fft 2,048, hop 512, 128 bands). Second: 1 s at 16 kHz, 25 ms every 10 ms, 64 bands.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InProcess))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class FeatureBenchmarks
{
    private const int ClipRate = 24414;

    private readonly float[] clip = Noise(50048, 1);
    private readonly float[] second = Noise(16000, 2);
    private readonly FeatureExtractor clipExtractor = new(ClipSettings);
    private readonly FeatureExtractor clipCutExtractor = new(ClipSettings with { TopDb = 80 });
    private readonly FeatureExtractor clipTunedExtractor = new(ClipSettings with { EstimateTuning = true });
    private readonly FeatureExtractor secondExtractor = new(SecondSettings);
    private readonly FeatureExtractor secondLongChromaExtractor = new(SecondSettings with { ChromaFftLength = 2048 });
    private readonly FeatureExtractor secondDefaultExtractor = new(new FeatureSettings());
    private Tensor clipFrames = null!;
    private Tensor secondFrames = null!;
    private Tensor secondLongFrames = null!;

    internal static FeatureSettings ClipSettings => new()
    {
        SampleRate = ClipRate,
        FrameLength = 2048,
        HopLength = 512,
        FftLength = 2048,
        ChromaFftLength = 2048,
        MelBands = 128,
        MelLow = 0,
        TrimDb = 0,
    };

    internal static FeatureSettings SecondSettings => new() { ChromaFftLength = 512, TrimDb = 0 };

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1);
        clipFrames = randn(1 + clip.Length / 512, 2048);
        secondFrames = randn(1 + second.Length / 160, 512);
        secondLongFrames = randn(1 + second.Length / 160, 2048);
    }

    [Benchmark(Baseline = true, Description = "FFTs of the clip (libtorch)"), BenchmarkCategory("clip")]
    public void ClipFloor()
    {
        using Tensor spectra = fft.rfft(clipFrames);
    }

    [Benchmark(Description = "clip"), BenchmarkCategory("clip")]
    public FeatureMatrix Clip() => clipExtractor.Extract(clip);

    [Benchmark(Description = "clip, TopDb 80"), BenchmarkCategory("clip")]
    public FeatureMatrix ClipCut() => clipCutExtractor.Extract(clip);

    [Benchmark(Description = "clip, tuning estimated"), BenchmarkCategory("clip")]
    public FeatureMatrix ClipTuned() => clipTunedExtractor.Extract(clip);

    [Benchmark(Baseline = true, Description = "FFTs of the second (libtorch)"), BenchmarkCategory("second")]
    public void SecondFloor()
    {
        using Tensor spectra = fft.rfft(secondFrames);
    }

    [Benchmark(Description = "FFTs of the second, 512 and 2,048 (libtorch)"), BenchmarkCategory("second")]
    public void SecondLongFloor()
    {
        using Tensor spectra = fft.rfft(secondFrames);
        using Tensor longSpectra = fft.rfft(secondLongFrames);
    }

    [Benchmark(Description = "second, chroma from 512"), BenchmarkCategory("second")]
    public FeatureMatrix Second() => secondExtractor.Extract(second);

    [Benchmark(Description = "second, chroma from 2,048"), BenchmarkCategory("second")]
    public FeatureMatrix SecondLongChroma() => secondLongChromaExtractor.Extract(second);

    [Benchmark(Description = "second, default settings (trimmed)"), BenchmarkCategory("second")]
    public FeatureMatrix SecondDefault() => secondDefaultExtractor.Extract(second);

    private static float[] Noise(int samples, int seed)
    {
        Random random = new(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++)
            noise[i] = (float)(random.NextDouble() - 0.5);
        return noise;
    }

    private sealed class InProcess : ManualConfig
    {
        // BenchmarkDotNet's default toolchain builds a project of its own, in which libtorch does not load.
        public InProcess() => AddJob(Job.ShortRun.WithIterationCount(10).WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumn(StatisticColumn.Min, StatisticColumn.Median);
    }
}
