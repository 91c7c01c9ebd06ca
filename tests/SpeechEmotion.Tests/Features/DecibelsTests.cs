using SpeechEmotion.Features;

namespace SpeechEmotion.Tests.Features;

public unsafe class DecibelsTests
{
    [Test]
    public void FromPower_WholeRange_IsWithinAHundredThousandthOfADecibel()
    {
        const int rows = 4096;
        AlignedFloats values = new(rows * 16);
        float[] powers = new float[values.Length];
        for (int i = 0; i < powers.Length; i++)
            powers[i] = values.Span[i] = (float)Math.Pow(10, -10 + 20.0 * i / powers.Length);
        Decibels.FromPower<Lanes512>(values.Pointer, rows);

        double worst = 0;
        for (int i = 0; i < powers.Length; i++)
            worst = Math.Max(worst, Math.Abs(values.Span[i] - 10 * Math.Log10(Math.Max(powers[i], 1e-10f))));
        Assert.That(worst, Is.LessThan(1e-5));
    }

    [TestCase(0f, -100)]
    [TestCase(1e-30f, -100)]
    [TestCase(float.Epsilon, -100)]
    [TestCase(1f, 0)]
    [TestCase(10f, 10)]
    public void FromPower_Value_IsItsLevel(float power, double level)
    {
        AlignedFloats values = new(16);
        values.Span.Fill(power);
        Decibels.FromPower<Lanes512>(values.Pointer, 1);
        Assert.That(values.Span.ToArray(), Is.All.EqualTo(level).Within(1e-5));
    }
}
