using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Benchmarks;

/// <summary>Time on one core to resample one second of audio.</summary>
[Config(typeof(InProcess))]
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private float[] second = [];
    private Resampler resampler = new(24414, 16000);

    /// <summary>Rates from and to, in Hz.</summary>
    [Params("24414-16000", "48000-16000", "44100-16000", "96000-16000", "8000-16000", "16000-24414")]
    public string Rates { get; set; } = "24414-16000";

    /// <summary>One second of noise at the input's rate.</summary>
    [GlobalSetup]
    public void MakeSecond()
    {
        string[] rates = Rates.Split('-');
        resampler = new Resampler(int.Parse(rates[0]), int.Parse(rates[1]));
        Random random = new(1);
        second = new float[resampler.From];
        for (int i = 0; i < second.Length; i++)
            second[i] = 2 * random.NextSingle() - 1;
    }

    /// <summary>[From] → [To].</summary>
    [Benchmark]
    public float[] OneSecond() => resampler.Resample(second);

    private sealed class InProcess : ManualConfig
    {
        // In a process of its own BenchmarkDotNet builds another project, which has no native libraries.
        public InProcess() => _ = AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).AddColumn(StatisticColumn.Median);
    }
}
