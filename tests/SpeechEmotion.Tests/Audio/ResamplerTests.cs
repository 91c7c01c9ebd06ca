using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Audio;

internal sealed class ResamplerTests
{
    [Test]
    public void Resample_AnyLength_IsCeilOfRatio(
        [Values(0, 1, 2, 3, 159, 160, 161, 1000, 24414)] int length,
        [Values(8000, 16000, 24414, 44100, 48000, 96000)] int from,
        [Values(8000, 16000, 24414)] int to) =>
        Assert.That(new Resampler(from, to).Resample(TestSignals.Noise(length)),
            Has.Length.EqualTo((int)Math.Ceiling((decimal)length * to / from)));

    [Test]
    public void Resample_SameRate_KeepsTheSamples()
    {
        float[] samples = TestSignals.Noise(100);
        Waveform waveform = new(samples, 16000);

        Assert.That(new Resampler(16000, 16000).Resample(samples), Is.EqualTo(samples));
        Assert.That(Resampler.Resample(waveform, 16000), Is.SameAs(waveform));
    }

    [TestCase(24414, 16000)]
    [TestCase(44100, 16000)]
    [TestCase(8000, 16000)]
    [TestCase(16000, 24414)]
    public void Resample_Constant_StaysConstant(int from, int to)
    {
        float[] output = new Resampler(from, to).Resample(Enumerable.Repeat(1f, from).ToArray());

        Assert.That(output[(output.Length / 4)..(output.Length * 3 / 4)], Is.All.EqualTo(1f).Within(1e-6f));
    }

    [TestCase(24414, 16000)]
    [TestCase(48000, 16000)]
    [TestCase(8000, 16000)]
    [TestCase(16000, 24414)]
    public void Fill_UnevenStretches_EqualTheWholeToTheLastBit(int from, int to)
    {
        Resampler resampler = new(from, to);
        float[] samples = TestSignals.Noise(5000);
        float[] whole = resampler.Resample(samples);

        float[] chunks = new float[whole.Length];
        int[] sizes = [1, 7, 160, 3, 1000];
        int at = 0;
        for (int i = 0; at < chunks.Length; i++)
        {
            int count = Math.Min(sizes[i % sizes.Length], chunks.Length - at);
            // The input around the stretch alone: 500 samples on both sides are more than the filter reaches.
            int begin = (int)Math.Clamp((long)at * from / to - 500, 0, samples.Length);
            int end = (int)Math.Clamp((long)(at + count) * from / to + 500, 0, samples.Length);
            resampler.Fill(samples.AsSpan(begin..end), begin, at, chunks.AsSpan(at, count));
            at += count;
        }
        Assert.That(chunks, Is.EqualTo(whole));
    }

    [Test]
    public void Resample_ManyThreads_GiveTheSameBits()
    {
        float[] samples = TestSignals.Noise(24414);
        float[] alone = new Resampler(24414, 16000).Resample(samples);
        Resampler shared = new(24414, 16000);

        float[][] together = new float[16][];
        Parallel.For(0, together.Length, i => together[i] = shared.Resample(samples));

        Assert.That(together, Is.All.EqualTo(alone));
    }

    [Test]
    public void Resample_PrimeRatio_NeedsNoTableOfAllPhases()
    {
        float[] tone = new float[15013];
        for (int i = 0; i < tone.Length; i++)
            tone[i] = (float)Math.Sin(2 * Math.PI * 440 * i / 15013);
        float[] output = new Resampler(15013, 16001).Resample(tone);

        for (int n = 2000; n < 14000; n++)
            Assert.That(output[n], Is.EqualTo(Math.Sin(2 * Math.PI * 440 * n / 16001)).Within(1e-5));
    }

    [TestCase(0, 16000)]
    [TestCase(16000, 0)]
    [TestCase(-8000, 16000)]
    [TestCase(1_000_001, 16000)]
    [TestCase(16000, 1_000_001)]
    [TestCase(1_000_000, 99)]
    public void Resampler_ImpossibleRates_AreRefused(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new Resampler(from, to));
}
