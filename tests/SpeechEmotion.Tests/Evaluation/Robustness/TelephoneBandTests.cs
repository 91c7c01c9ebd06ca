using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class TelephoneBandTests
{
    [TestCase(100, -38.3, 1)]
    [TestCase(300, -3.01, 0.2)]
    [TestCase(1000, 0, 0.1)]
    [TestCase(3400, -3.01, 0.2)]
    public void Transmit_ToneOfTheBand_HasTheGain(double frequency, double db, double tolerance)
    {
        Assert.That(Gain(frequency), Is.EqualTo(db).Within(tolerance));
    }

    [TestCase(3800)]
    [TestCase(5000)]
    public void Transmit_ToneAboveTheBand_IsGone(double frequency) => Assert.That(Gain(frequency), Is.LessThan(-60));

    [Test]
    public void Transmit_Tone_HasTheNoiseOfTheCode()
    {
        // The SNR of µ-law is about 38 dB over a wide range of levels (Jayant and Noll 1984).
        foreach (double amplitude in new[] { 0.5, 0.05 })
        {
            float[] sine = TestSignals.Sine(16000, 1000, 8000, amplitude);
            float[] clean = Biquad.Filter(sine, [.. Biquad.HighPass(4, 300, 8000), .. Biquad.LowPass(8, 3400, 8000)]);
            float[] heard = TelephoneBand.Transmit(sine, 8000);
            float[] noise = [.. heard.Zip(clean, (a, b) => a - b)];
            Assert.That(20 * Math.Log10(Level.Rms(clean) / Level.Rms(noise)), Is.InRange(34, 42));
        }
    }

    [Test]
    public void Resample_Tone_HasNothingAbove4Kilohertz()
    {
        float[] low = TestSignals.Sine(16001, 3000), high = TestSignals.Sine(16001, 5000);
        Assert.That(Level.Rms(TelephoneBand.Resample(high, 16000).AsSpan(1000, 14000)), Is.LessThan(1e-4));
        Assert.That(TelephoneBand.Resample(low, 16000)[1000..15000], Is.EqualTo(low[1000..15000]).Within(1e-3f), "no delay");
        Assert.That(TelephoneBand.Resample(low, 16000), Has.Length.EqualTo(16001));
    }

    /// <summary>Gain of the line at a frequency in dB, for a tone at half of full scale.</summary>
    private static double Gain(double frequency)
    {
        float[] sine = TestSignals.Sine(32000, frequency);
        float[] heard = TelephoneBand.Transmit(sine, 16000);
        Assert.That(heard, Has.Length.EqualTo(sine.Length));
        return 20 * Math.Log10((Level.Rms(heard.AsSpan(8000, 16000)) + 1e-9) / Level.Rms(sine.AsSpan(8000, 16000)));
    }
}
