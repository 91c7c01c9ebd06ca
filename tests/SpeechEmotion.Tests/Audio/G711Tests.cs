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
    public void EncodeMuLaw_AnySample_GivesTheNearestValue()
    {
        for (int value = -32768; value <= 32767; value += 7)
        {
            float sample = value / 32768f;
            float nearest = G711.MuLaw.Min(each => Math.Abs(each - sample));
            // Decision values lie in the middle between two steps, to one unit of 16 bits.
            Assert.That(Math.Abs(G711.MuLaw[G711.EncodeMuLaw(sample)] - sample), Is.EqualTo(nearest).Within(4.01f / 32768), $"{value}");
        }
    }

    [TestCase(2f, 0x80)]
    [TestCase(-2f, 0x00)]
    [TestCase(0f, 0xFF)]
    public void EncodeMuLaw_BeyondFullScale_Clips(float sample, int code) => Assert.That(G711.EncodeMuLaw(sample), Is.EqualTo(code));
}
