using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Audio;

public class BiquadTests
{
    /// <summary>
    /// A Butterworth filter of order n after the bilinear transform attenuates by 10 log(1 + r²ⁿ), where r is the ratio of tan(πf / rate)
    /// at the frequency and at the corner; of a high-pass, the inverse.
    /// </summary>
    [TestCase(7000, 1000, 0)]
    [TestCase(7000, 7000, -3.01)]
    [TestCase(7000, 7500, -48.85)]
    [TestCase(3400, 3400, -3.01)]
    public void LowPass_Order8_AttenuatesByTheFormula(double corner, double frequency, double db)
    {
        Assert.That(Gain(Biquad.LowPass(8, corner, 16000), frequency), Is.EqualTo(db).Within(0.05));
    }

    [TestCase(3000, 0)]
    [TestCase(300, -3.01)]
    [TestCase(100, -38.3)]
    public void HighPass_Order4At8Kilohertz_AttenuatesByTheFormula(double frequency, double db)
    {
        Assert.That(Gain(Biquad.HighPass(4, 300, 8000), frequency, 8000), Is.EqualTo(db).Within(0.1));
    }

    [Test]
    public void Filter_NoSection_ChangesNothing()
    {
        float[] noise = TestSignals.Noise(100);
        Assert.That(Biquad.Filter(noise), Is.EqualTo(noise));
    }

    /// <summary>Gain at a frequency in dB, after the filter has settled.</summary>
    private static double Gain(Biquad[] filter, double frequency, int rate = 16000)
    {
        float[] sine = TestSignals.Sine(4 * rate, frequency, rate);
        float[] passed = Biquad.Filter(sine, filter);
        return 20 * Math.Log10(Level.Rms(passed.AsSpan(rate)) / Level.Rms(sine.AsSpan(rate)));
    }
}
