using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Audio;

public class G711Tests
{
    [Test]
    public void EncodeMuLaw_EveryExpandedValue_GivesItsCode()
    {
        for (int code = 0; code < 256; code++)
        {
            byte encoded = G711.EncodeMuLaw(G711.MuLaw[code]);
            // 0x7F is negative zero, which has the same value as 0xFF.
            Assert.That(encoded, Is.EqualTo(code == 0x7F ? 0xFF : code));
        }
    }

    [Test]
    public void EncodeMuLaw_AnySample_IsWithinHalfAStep()
    {
        // Table 2a of G.711: 8 segments; the steps of segment s are 8 · 2^s in units of 16 bits. Samples above 32635 are clipped.
        for (int value = -32635; value <= 32635; value += 7)
        {
            byte code = G711.EncodeMuLaw(value / 32768f);
            int halfStep = 4 << ((~code >> 4) & 7);
            Assert.That(Math.Abs((G711.MuLaw[code] * 32768) - value), Is.LessThanOrEqualTo(halfStep), $"{value}");
        }
    }

    [TestCase(2f, 0x80)]
    [TestCase(-2f, 0x00)]
    [TestCase(0f, 0xFF)]
    public void EncodeMuLaw_BeyondFullScale_Clips(float sample, int code) => Assert.That(G711.EncodeMuLaw(sample), Is.EqualTo(code));
}
