using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Audio;

/// <summary>The resampler measured with tones swept over the band, as one would measure a converter.</summary>
internal sealed class ResamplerQualityTests
{
    private const int Steps = 40;

    private static IEnumerable<TestCaseData> Up => [new(8000, 16000), new(16000, 24414)];

    private static IEnumerable<TestCaseData> Down =>
        [new(24414, 16000), new(48000, 16000), new(44100, 16000), new(96000, 16000), new(22050, 16000)];

    private static IEnumerable<TestCaseData> All => Up.Concat(Down);

    /// <summary>Gain of a tone, its delay in output samples, and what else is in the output, against the tone.</summary>
    private static (double Gain, double Delay, double Residue) Measure(int from, int to, double frequency)
    {
        float[] input = new float[from / 2];
        for (int i = 0; i < input.Length; i++)
            input[i] = (float)Math.Sin(2 * Math.PI * frequency * i / from);
        float[] output = new Resampler(from, to).Resample(input);

        // Least squares for sine and cosine over the middle, where the ends of the tone do not reach.
        int first = output.Length / 4, last = output.Length * 3 / 4;
        double step = 2 * Math.PI * frequency / to;
        double ss = 0, sc = 0, cc = 0, ys = 0, yc = 0;
        for (int n = first; n < last; n++)
        {
            (double s, double c) = Math.SinCos(step * n);
            (ss, sc, cc, ys, yc) = (ss + s * s, sc + s * c, cc + c * c, ys + output[n] * s, yc + output[n] * c);
        }
        double determinant = ss * cc - sc * sc;
        double sine = (ys * cc - yc * sc) / determinant, cosine = (yc * ss - ys * sc) / determinant;
        double rest = 0;
        for (int n = first; n < last; n++)
        {
            (double s, double c) = Math.SinCos(step * n);
            double error = output[n] - sine * s - cosine * c;
            rest += error * error;
        }
        double gain = Math.Sqrt(sine * sine + cosine * cosine);
        return (Decibel(gain), -Math.Atan2(cosine, sine) / step, Decibel(Math.Sqrt(2 * rest / (last - first))));
    }

    /// <summary>Level of everything that a tone above the output's band leaves, against the tone.</summary>
    private static double Leak(int from, int to, double frequency)
    {
        float[] input = new float[from / 2];
        for (int i = 0; i < input.Length; i++)
            input[i] = (float)Math.Sin(2 * Math.PI * frequency * i / from);
        float[] output = new Resampler(from, to).Resample(input);
        double power = 0;
        int first = output.Length / 4, last = output.Length * 3 / 4;
        for (int n = first; n < last; n++)
            power += (double)output[n] * output[n];
        return Decibel(Math.Sqrt(2 * power / (last - first)));
    }

    private static double Decibel(double ratio) => 20 * Math.Log10(Math.Max(ratio, 1e-12));

    private static IEnumerable<double> Sweep(double low, double high)
    {
        for (int i = 0; i <= Steps; i++)
            yield return low + (high - low) * i / Steps;
    }

    [TestCaseSource(nameof(All))]
    public void Passband_UpToNineTenthsOfNyquist_IsFlatAndUndelayed(int from, int to)
    {
        double nyquist = Math.Min(from, to) / 2.0;
        double ripple = 0, delay = 0;
        foreach (double frequency in Sweep(0.01 * nyquist, 0.9 * nyquist))
        {
            (double gain, double late, _) = Measure(from, to, frequency);
            ripple = Math.Max(ripple, Math.Abs(gain));
            delay = Math.Max(delay, Math.Abs(late));
        }
        TestContext.Out.WriteLine($"{from} to {to} Hz: ripple {ripple:0.00000} dB, delay {delay:0.0e0} samples");

        Assert.That(ripple, Is.LessThan(0.01)); // the rule is 0.1
        Assert.That(delay, Is.LessThan(1e-4));
    }

    [TestCaseSource(nameof(All))]
    public void Images_OfAnyToneBelowNyquist_AreNinetyDecibelsDown(int from, int to)
    {
        double nyquist = Math.Min(from, to) / 2.0;
        double worst = double.NegativeInfinity;
        foreach (double frequency in Sweep(0.01 * nyquist, 0.995 * nyquist))
            worst = Math.Max(worst, Measure(from, to, frequency).Residue);
        TestContext.Out.WriteLine($"{from} to {to} Hz: images and noise {worst:0.0} dB");

        Assert.That(worst, Is.LessThan(-90));
    }

    [TestCaseSource(nameof(Down))]
    public void Aliases_OfAnyToneAboveNyquist_AreNinetyDecibelsDown(int from, int to)
    {
        double nyquist = to / 2.0;
        double worst = double.NegativeInfinity;
        foreach (double frequency in Sweep(nyquist, nyquist + 0.2 * (from / 2.0 - nyquist))
            .Concat(Sweep(1.001 * nyquist, 0.999 * from / 2.0)))
            worst = Math.Max(worst, Leak(from, to, frequency));
        TestContext.Out.WriteLine($"{from} to {to} Hz: aliases {worst:0.0} dB");

        Assert.That(worst, Is.LessThan(-90));
    }
}
