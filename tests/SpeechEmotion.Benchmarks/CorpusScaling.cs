using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>scaling [TURNS]</c>: throughput of feature extraction from memory with two threads, relative to two processes of one thread with
/// half of the corpus each. The two alternate, so that other work on the machine affects both; the median counts. Fails below 0.9.
/// </summary>
internal static class CorpusScaling
{
    private const int Clips = 400, Samples = 32_800; // 2.05 s at 16 kHz
    private const int Passes = 8, DefaultTurns = 9;
    private const double Least = 0.9;

    public static int Run(string[] args)
    {
        if (args is ["worker", string threads, string clips])
            return Work(int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(clips, CultureInfo.InvariantCulture));
        int turns = args is [string given] ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultTurns;
        List<double> shares = [];
        for (int turn = 0; turn < turns; turn++)
        {
            double processes = Measure((1, Clips / 2), (1, Clips / 2)), together = Measure((2, Clips));
            shares.Add(processes / together);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"two processes {Rate(processes):N0} clips/s, two threads {Rate(together):N0} clips/s, share {shares[^1]:0.00}"));
        }
        double median = shares.Order().ElementAt(shares.Count / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"two threads reach {median:0.00} of two processes (median of {turns}, at least {Least})"));
        return median >= Least ? 0 : 1;
    }

    private static double Rate(double seconds) => Clips * Passes / seconds;

    /// <summary>Starts workers, lets them begin together, and returns the seconds until the last has done its share.</summary>
    private static double Measure(params (int Threads, int Clips)[] workers)
    {
        Process[] processes = [.. workers.Select(worker => Start("scaling", "worker", $"{worker.Threads}", $"{worker.Clips}"))];
        foreach (Process process in processes)
            process.StandardOutput.ReadLine(); // warm
        foreach (Process process in processes)
            process.StandardInput.WriteLine();
        double[] seconds = [.. processes.Select(process => double.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture))];
        foreach (Process process in processes)
        {
            process.WaitForExit();
            process.Dispose();
        }
        return seconds.Max();
    }

    private static int Work(int threads, int clips)
    {
        FeatureExtractor extractor = new(new FeatureSettings());
        ReadOnlyMemory<float>[] corpus = [.. Enumerable.Range(0, clips).Select(Clip)];
        for (int i = 0; i < 2; i++)
            extractor.ExtractAll(corpus, threads);
        Console.WriteLine("warm");
        Console.ReadLine();
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Passes; i++)
            extractor.ExtractAll(corpus, threads);
        Console.WriteLine(Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    private static ReadOnlyMemory<float> Clip(int seed)
    {
        Random random = new(seed);
        float[] samples = new float[Samples];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(random.NextDouble() - 0.5);
        return samples;
    }

    private static Process Start(params string[] worker) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, IsHost ? [typeof(CorpusScaling).Assembly.Location, .. worker] : worker)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    private static bool IsHost => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";
}
