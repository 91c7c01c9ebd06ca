using SpeechEmotion.Audio;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// The narrow-band telephone: 8 kHz, 300 to 3,400 Hz (the band of ITU-T Recommendation G.712, with Butterworth filters of order 4 at
/// 300 Hz and order 8 at 3,400 Hz), µ-law (G.711).
/// </summary>
internal static class TelephoneBand
{
    /// <summary>Sample rate of the line in Hz.</summary>
    public const int Rate = 8000;

    private static readonly Biquad[] Band = [.. Biquad.HighPass(4, 300, Rate), .. Biquad.LowPass(8, 3400, Rate)];

    /// <summary>Speech as it comes from the line, at its own rate and length.</summary>
    public static float[] Transmit(float[] samples, int sampleRate) =>
        ThroughRate(samples, sampleRate, line =>
            Array.ConvertAll(Biquad.Filter(line, Band), sample => G711.MuLaw[G711.EncodeMuLaw(sample)]));

    /// <summary>Speech resampled to the rate of the line and back.</summary>
    public static float[] Resample(float[] samples, int sampleRate) => ThroughRate(samples, sampleRate, line => line);

    private static float[] ThroughRate(float[] samples, int sampleRate, Func<float[], float[]> change)
    {
        float[] line = change(new Resampler(sampleRate, Rate).Resample(samples));
        float[] back = new Resampler(Rate, sampleRate).Resample(line);
        Array.Resize(ref back, samples.Length);
        return back;
    }
}
