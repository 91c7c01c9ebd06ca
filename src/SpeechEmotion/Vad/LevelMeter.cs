using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Levels of successive sections of a stream in dB relative to full scale, after a second-order high-pass filter at 150 Hz
/// (Butterworth, bilinear transform), which removes mains hum, rumble and offset. The state of the filter is kept between sections.
/// </summary>
internal sealed class LevelMeter
{
    private const double Corner = 150; // Hz
    private const double Silence = 1e-12; // mean square at −120 dB, the level of digital silence

    private readonly double b0, a1, a2;
    private double z1, z2;

    public LevelMeter(int sampleRate)
    {
        double k = Math.Tan(Math.PI * Math.Min(Corner, 0.25 * sampleRate) / sampleRate);
        double norm = 1 / (1 + (Math.Sqrt(2) * k) + (k * k));
        b0 = norm; // the numerator is b0 · (1 − 2z⁻¹ + z⁻²)
        a1 = 2 * ((k * k) - 1) * norm;
        a2 = (1 - (Math.Sqrt(2) * k) + (k * k)) * norm;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state) => (z1, z2) = (state.Exchange(z1), state.Exchange(z2));

    /// <summary>Level of the next samples in dB relative to full scale, at least −120.</summary>
    public double Next(ReadOnlySpan<float> samples)
    {
        double energy = 0;
        foreach (float sample in samples)
        {
            double passed = (b0 * sample) + z1;
            z1 = (-2 * b0 * sample) - (a1 * passed) + z2;
            z2 = (b0 * sample) - (a2 * passed);
            energy += passed * passed;
        }
        return 10 * Math.Log10((energy / Math.Max(1, samples.Length)) + Silence);
    }
}
