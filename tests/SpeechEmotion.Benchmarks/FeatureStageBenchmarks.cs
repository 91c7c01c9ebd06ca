using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SpeechEmotion.Features;

namespace SpeechEmotion.Benchmarks;

/// <summary>Where the time of <see cref="FeatureBenchmarks"/> goes: each step for one block of 16 frames.</summary>
[Config(typeof(InProcess))]
public unsafe class FeatureStageBenchmarks
{
    private const int Lanes = 16;

    private FrameColumns columns = null!;
    private PowerSpectrum spectrum = null!;
    private MelFilters mel = null!;
    private CosineTransform cepstrum = null!;
    private ChromaFilters chroma = null!;
    private float[] samples = null!;
    private AlignedFloats edge = null!, table = null!, transform = null!, power = null!, bands = null!, coefficients = null!,
        classes = null!;

    /// <summary>The clip's frames (2,048 every 512, 128 bands) or the second's (512 every 160, 64 bands).</summary>
    [Params(2048, 512)]
    public int FftLength { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int hop = FftLength == 2048 ? 512 : 160, melBands = FftLength == 2048 ? 128 : 64;
        columns = new FrameColumns(hop, FftLength, 64);
        spectrum = new PowerSpectrum(FftLength, HannWindow.Centred(FftLength, FftLength), columns);
        mel = new MelFilters(16000, FftLength, melBands, 0, 8000);
        cepstrum = new CosineTransform(40, melBands);
        chroma = new ChromaFilters(16000, FftLength, 12, 0);
        samples = new float[200 * hop];
        Random random = new(1);
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(random.NextDouble() - 0.5);
        edge = new AlignedFloats(columns.EdgeLength);
        table = new AlignedFloats(columns.TableLength);
        transform = new AlignedFloats(spectrum.TransformLength * Lanes);
        power = new AlignedFloats(spectrum.Bins * Lanes);
        bands = new AlignedFloats(melBands * Lanes);
        coefficients = new AlignedFloats(cepstrum.PaddedOutputs * Lanes);
        classes = new AlignedFloats(chroma.PaddedClasses * Lanes);
        columns.Fill(samples, 64, 64, edge.Pointer, table.Pointer);
        spectrum.Compute<Lanes512>(table.Pointer, transform.Pointer, power.Pointer);
    }

    /// <summary>A stretch of four blocks.</summary>
    [Benchmark(OperationsPerInvoke = 4)]
    public void LayOut() => columns.Fill(samples, 64, 64, edge.Pointer, table.Pointer);

    [Benchmark]
    public void Spectrum() => spectrum.Compute<Lanes512>(table.Pointer, transform.Pointer, power.Pointer);

    [Benchmark]
    public void Mel() => mel.Apply<Lanes512>(power.Pointer, bands.Pointer);

    [Benchmark]
    public void Decibel() => Decibels.FromPower<Lanes512>(bands.Pointer, mel.Bands);

    [Benchmark]
    public void Cepstrum() => cepstrum.Apply<Lanes512>(bands.Pointer, coefficients.Pointer);

    [Benchmark]
    public void Chroma() => chroma.Apply<Lanes512>(power.Pointer, classes.Pointer);

    private sealed class InProcess : ManualConfig
    {
        public InProcess() => AddJob(Job.ShortRun.WithIterationCount(8).WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumn(StatisticColumn.Min);
    }
}
