using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Audio;

internal sealed class HighPassFilterTests
{
    private const int Rate = 16000;

    [TestCase(30, -3.01)] // the cut-off
    [TestCase(15, -12.3)] // 10·log10(1 / (1 + (fc/f)⁴)), Butterworth of order 2
    [TestCase(3, -40.0)]
    [TestCase(300, 0.0)]
    public void Apply_Sine_IsAttenuatedAsDesigned(double hertz, double decibels)
    {
        float[] sine = [.. Enumerable.Range(0, 8 * Rate).Select(i => (float)Math.Sin(Math.Tau * hertz * i / Rate))];
        float[] result = Filter(sine);
        double gain = 10 * Math.Log10(Power(result[(4 * Rate)..]) / Power(sine[(4 * Rate)..]));
        Assert.That(gain, Is.EqualTo(decibels).Within(0.06));
    }

    [Test]
    public void Apply_Constant_IsGoneFromTheFirstSample() =>
        Assert.That(Filter([.. Enumerable.Repeat(0.25f, 1000)]), Is.All.EqualTo(0).Within(1e-9));

    [Test]
    public void Apply_ChunksAndRestoredStates_GiveTheBitsOfTheWhole()
    {
        float[] noise = TestSignals.Noise(5000), pieces = new float[noise.Length];
        var filter = new HighPassFilter(30, Rate);
        int at = 0;
        foreach (int length in (int[])[1, 7, 992, 3000, 1000])
        {
            filter = new HighPassFilter(30, Rate) { State = filter.State };
            filter.Apply(noise.AsSpan(at, length), pieces.AsSpan(at, length));
            at += length;
        }
        Assert.That(pieces, Is.EqualTo(Filter(noise)));
    }

    private static float[] Filter(float[] samples)
    {
        float[] result = new float[samples.Length];
        new HighPassFilter(30, Rate).Apply(samples, result);
        return result;
    }

    private static double Power(float[] samples) => samples.Average(x => (double)x * x);
}
