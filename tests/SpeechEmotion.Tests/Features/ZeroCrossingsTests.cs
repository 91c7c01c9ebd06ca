using SpeechEmotion.Features;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public class ZeroCrossingsTests
{
    [Test]
    public void Rates_AnyLength_EqualCountingSampleBySample([Values(1, 2, 63, 64, 65, 511, 3001)] int count, [Values(32, 512)] int length)
    {
        float[] samples = [.. TestSignals.Noise(count).Select((x, i) => i % 7 == 0 ? -1e-11f : x)];
        float[] rates = new float[1 + count / 50];
        ZeroCrossings.Rates(samples, length, 50, 0, new ulong[ZeroCrossings.Words(count)], rates);

        for (int frame = 0; frame < rates.Length; frame++)
        {
            // librosa: the signal with its end values repeated, values up to 1e-10 from zero taken as zero, which is positive.
            int crossings = 0;
            for (int i = 1; i < length; i++)
                if (Negative(frame * 50 - length / 2 + i) != Negative(frame * 50 - length / 2 + i - 1))
                    crossings++;
            Assert.That(rates[frame], Is.EqualTo((float)((double)crossings / length)), $"frame {frame}");
        }

        bool Negative(int index) => samples[Math.Clamp(index, 0, count - 1)] < -1e-10f;
    }
}
