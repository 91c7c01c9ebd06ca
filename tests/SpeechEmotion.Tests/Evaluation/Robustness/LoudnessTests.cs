using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class LoudnessTests
{
    /// <summary>
    /// BS.1770-4: a sine of 997 Hz at 0 dBFS in one channel has −3.01 LUFS. EBU Tech 3341, case 1, is the same at −23 dBFS in two channels:
    /// −23 LUFS, hence −26.01 in one.
    /// </summary>
    [TestCase(48000, 0, -3.01, 0.01)]
    [TestCase(48000, -23, -26.01, 0.01)]
    [TestCase(16000, -23, -26.01, 0.05)]
    [TestCase(44100, -33, -36.01, 0.02)]
    public void Measure_Sine997_IsThatOfTheRecommendation(int rate, double dbfs, double lufs, double tolerance)
    {
        float[] sine = TestSignals.Sine(5 * rate, 997, rate, Math.Pow(10, dbfs / 20));
        Assert.That(Loudness.Measure(sine, rate), Is.EqualTo(lufs).Within(tolerance));
    }

    /// <summary>Tables 1 and 2 of BS.1770-4.</summary>
    [Test]
    public void KWeighting_At48Kilohertz_HasThePublishedCoefficients()
    {
        Biquad[] filters = Loudness.KWeighting(48000);
        double[] expected = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
        Assert.That(Coefficients(filters[0]), Is.EqualTo(expected).Within(1e-8));
        Assert.That(Coefficients(filters[1]), Is.EqualTo(new[] { 1, -2, 1, -1.99004745483398, 0.99007225036621 }).Within(1e-8));
    }

    [Test]
    public void Measure_PausesAndQuietParts_AreGated()
    {
        float[] loud = TestSignals.Sine(20 * 16000, 997);
        double alone = Loudness.Measure(loud, 16000);
        // Of the blocks across the edges three quarters and less are loud: a tenth of a dB.
        Assert.That(Loudness.Measure([.. loud, .. TestSignals.Silence(20)], 16000), Is.EqualTo(alone).Within(0.1));
        Assert.That(Loudness.Measure([.. loud, .. TestSignals.Sine(20 * 16000, 997, 16000, 0.1)], 16000), Is.EqualTo(alone).Within(0.1));
        // 8 dB less is above the relative gate and counts: the mean power is (1 + 0.158) / 2.
        float[] softer = TestSignals.Sine(20 * 16000, 997, 16000, 0.5 * Math.Pow(10, -8 / 20.0));
        Assert.That(Loudness.Measure([.. loud, .. softer], 16000), Is.EqualTo(alone - 2.37).Within(0.1));
    }

    [Test]
    public void Measure_ShorterThanABlock_IsOneBlock()
    {
        Assert.That(Loudness.Measure(TestSignals.Sine(3200, 1000, 16000, 0.1), 16000), Is.EqualTo(-23.01).Within(0.5));
    }

    [Test]
    public void Normalise_Speech_HasTheLoudness()
    {
        float[] speech = TestSignals.Speech(3);
        Assert.That(Loudness.Measure(Loudness.Normalise(speech, 16000, -16), 16000), Is.EqualTo(-16).Within(0.01));
    }

    [Test]
    public void Normalise_Silence_StaysSilence()
    {
        Assert.That(Loudness.Measure(TestSignals.Silence(1), 16000), Is.EqualTo(double.NegativeInfinity));
        Assert.That(Loudness.Normalise(TestSignals.Silence(1), 16000, -16), Is.All.Zero);
    }

    private static double[] Coefficients(Biquad filter) => [filter.B0, filter.B1, filter.B2, filter.A1, filter.A2];
}
