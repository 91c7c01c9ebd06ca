using System.Numerics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Tests.Corpora.Synthetic;

/// <summary>Plain measurements of one recording, on purpose apart from the program's own features.</summary>
internal sealed record Acoustics(
    double Level, double Peak, double Pitch, double FinalPitch, double SyllableRate,
    double Seconds, double SpeechSeconds, double Lead)
{
    private const int Rate = 16000, Hop = 160, Frame = 640;

    /// <summary>Measures samples at 16 kHz: dB, semitones over 100 Hz, syllables a second, seconds.</summary>
    public static Acoustics Measure(float[] samples)
    {
        int frames = ((samples.Length - Frame) / Hop) + 1;
        double[] level = [.. Enumerable.Range(0, frames).Select(t => Decibels(samples.AsSpan(t * Hop, Frame)))];
        double loudest = level.Max();
        int first = Array.FindIndex(level, db => db > loudest - 25), last = Array.FindLastIndex(level, db => db > loudest - 25);
        (int Frame, double Semitones)[] voiced =
        [
            .. Enumerable.Range(first, last - first + 1).Where(t => level[t] > loudest - 15)
                .Select(t => (t, Semitones(samples.AsSpan(t * Hop, Frame)))).Where(p => !double.IsNaN(p.Item2)),
        ];
        double pitch = Median(voiced.Select(p => p.Semitones));
        int late = last - ((last - first) / 8);
        (int Frame, double Semitones)[] end = [.. voiced.Where(p => p.Frame >= late)];
        return new Acoustics(
            Decibels(samples), samples.Max(Math.Abs), pitch, end.Length == 0 ? 0 : Median(end.Select(p => p.Semitones)) - pitch,
            Nuclei(level.AsSpan(first, last - first + 1)) / ((last - first) * 0.01),
            samples.Length / (double)Rate, (last - first) * 0.01, first * 0.01);
    }

    private static double Decibels(ReadOnlySpan<float> x)
    {
        double power = 1e-12;
        foreach (float sample in x)
            power += (double)sample * sample / x.Length;
        return 10 * Math.Log10(power);
    }

    // Normalised autocorrelation, 60 to 500 Hz; a short lag is preferred so that octaves are not lost.
    private static double Semitones(ReadOnlySpan<float> x)
    {
        const int Window = 320;
        double best = 0, own = 1e-12 + Dot(x[..Window], x[..Window]);
        int bestLag = 0;
        for (int lag = Rate / 500; lag <= Math.Min(Rate / 60, Frame - Window); lag++)
        {
            ReadOnlySpan<float> later = x.Slice(lag, Window);
            double cross = Dot(x[..Window], later), other = 1e-12 + Dot(later, later);
            double similarity = (cross / Math.Sqrt(own * other)) - (0.0006 * lag);
            if (similarity > best)
                (best, bestLag) = (similarity, lag);
        }
        return best > 0.6 ? 12 * Math.Log2(Rate / 100.0 / bestLag) : double.NaN;
    }

    // Several products at once: the windows of a whole corpus are what these tests take their time for.
    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        float sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    // Syllable nuclei are peaks of intensity with a dip of 2 dB between them (de Jong & Wempe 2009).
    private static int Nuclei(ReadOnlySpan<double> level)
    {
        int count = 0;
        double top = level[0], bottom = level[0];
        bool rising = true;
        foreach (double db in level)
        {
            if (rising && db > top)
                top = db;
            else if (!rising && db < bottom)
                bottom = db;
            if (rising && db < top - 2)
                (count, bottom, rising) = (count + 1, db, false);
            else if (!rising && db > bottom + 2)
                (top, rising) = (db, true);
        }
        return count;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
