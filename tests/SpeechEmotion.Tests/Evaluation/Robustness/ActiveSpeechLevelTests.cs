using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class ActiveSpeechLevelTests
{
    [TestCase(1.0, -3.01)]
    [TestCase(0.1, -23.01)]
    [TestCase(0.001, -63.01)]
    public void Measure_ASteadyTone_IsItsRms(double amplitude, double level)
    {
        Assert.That(ActiveSpeechLevel.Measure(TestSignals.Sine(10 * 16000, 440, 16000, amplitude), 16000), Is.EqualTo(level).Within(0.05));
    }

    [Test]
    public void Measure_Pauses_DoNotCount()
    {
        float[] tone = TestSignals.Sine(10 * 16000, 440, 16000, 0.1);
        // The RMS falls by 3 dB. The level falls by the hangover of 0.2 s and the decay of the envelope alone: 10 log (10.35 / 10).
        Assert.That(ActiveSpeechLevel.Measure([.. tone, .. TestSignals.Silence(10)], 16000), Is.EqualTo(-23.01).Within(0.2));
    }

    [Test]
    public void Measure_Gain_ShiftsTheLevel()
    {
        float[] speech = TestSignals.Speech(5);
        double level = ActiveSpeechLevel.Measure(speech, 16000);
        Assert.That(ActiveSpeechLevel.Measure(Level.Gain(speech, -20), 16000), Is.EqualTo(level - 20).Within(0.5));
        Assert.That(level, Is.GreaterThanOrEqualTo(20 * Math.Log10(Level.Rms(speech))));
    }

    [Test]
    public void Measure_Silence_IsMinusInfinity()
    {
        Assert.That(ActiveSpeechLevel.Measure(TestSignals.Silence(1), 16000), Is.EqualTo(double.NegativeInfinity));
        Assert.That(ActiveSpeechLevel.Measure([], 16000), Is.EqualTo(double.NegativeInfinity));
    }
}
