using SpeechEmotion.Features;

namespace SpeechEmotion.Tests.Features;

public unsafe class MelFiltersTests
{
    [TestCase(1000, 15)]
    [TestCase(500, 7.5)]
    [TestCase(6400, 42)]
    public void FromHertz_KnownPoint_IsSlaneys(double hertz, double mel)
    {
        Assert.That(MelScale.FromHertz(hertz), Is.EqualTo(mel).Within(1e-9));
        Assert.That(MelScale.ToHertz(mel), Is.EqualTo(hertz).Within(1e-9));
    }

    [Test]
    public void Apply_FlatSpectrum_GivesEveryWideBandTheSamePower()
    {
        const int fft = 4096;
        float[] bands = Apply(new MelFilters(16000, fft, 40, 0, 8000), fft, _ => 1);
        // Triangles of area 1 Hz⁻¹·Hz sampled every 16,000/4,096 Hz.
        Assert.That(bands, Is.All.EqualTo(fft / 16000.0).Within(3).Percent);
    }

    [Test]
    public void Apply_PowerOutsideTheRange_IsIgnored()
    {
        const int fft = 512;
        float[] bands = Apply(new MelFilters(16000, fft, 20, 300, 4000), fft, hertz => hertz is > 300 and < 4000 ? 0 : 1);
        Assert.That(bands, Is.All.Zero);
    }

    private static float[] Apply(MelFilters filters, int fft, Func<double, float> powerAt)
    {
        AlignedFloats power = new((fft / 2 + 1) * 4), mel = new(filters.Bands * 4);
        for (int i = 0; i < power.Length; i++)
            power.Span[i] = powerAt(i / 4 * 16000.0 / fft);
        filters.Apply<Lanes128>(power.Pointer, mel.Pointer);
        return [.. Enumerable.Range(0, filters.Bands).Select(band => mel.Span[band * 4])];
    }
}
