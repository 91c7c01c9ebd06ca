using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Audio;

public class StreamResamplerTests
{
    [Test]
    public void Push_AnyChunks_EqualsTheWholeToTheLastBit(
        [Values(8000, 16000, 15013, 24414, 48000, 96000)] int from, [Values(1, 7, 160, 4096, 0)] int chunk)
    {
        SeededRandom random = Seeds.Random(from, "samples");
        float[] samples = [.. Enumerable.Range(0, 20011).Select(_ => (float)(random.NextDouble() - 0.5))];
        var stream = new StreamResampler(from, 16000);
        var output = new List<float>();
        for (int at = 0; at < samples.Length;)
        {
            int count = Math.Min(chunk == 0 ? 1 + random.Next(3000) : chunk, samples.Length - at);
            Take(stream.Push(samples.AsSpan(at, count)));
            at += count;
        }
        Take(stream.Finish());

        Assert.That(output, Is.EqualTo(new Resampler(from, 16000).Resample(samples)));

        void Take(int ready)
        {
            float[] next = new float[ready];
            stream.Read(next);
            output.AddRange(next);
        }
    }

    [TestCase(48000)]
    [TestCase(8000)]
    public void Push_Lag_IsAFewMilliseconds(int from)
    {
        var stream = new StreamResampler(from, 16000);
        int ready = stream.Push(new float[from]);
        Assert.That(ready, Is.InRange(16000 - 500, 16000));
    }
}
