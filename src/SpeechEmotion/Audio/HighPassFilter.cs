namespace SpeechEmotion.Audio;

/// <summary>
/// Second-order Butterworth high-pass: 3 dB at the cut-off, 12 dB per octave below it, and nothing left of a constant. Computed in double
/// precision, because the poles of a cut-off near 0 Hz lie so close to 1 that single precision adds noise.
/// </summary>
/// <remarks>
/// The filter begins as if its first sample had always been there, so that a constant gives no step at the start.
/// </remarks>
internal sealed class HighPassFilter
{
    private readonly Biquad section;
    private double s1, s2;
    private bool hasBegun;

    /// <param name="cutoff">Frequency in Hz, above 0 and below half the sample rate.</param>
    /// <param name="sampleRate">Rate of the samples in Hz.</param>
    public HighPassFilter(double cutoff, int sampleRate) => section = Biquad.HighPass(2, cutoff, sampleRate)[0];

    /// <summary>Filters the next samples; the result may be written over them.</summary>
    public void Apply(ReadOnlySpan<float> samples, Span<float> result)
    {
        if (samples.IsEmpty)
            return;
        if (!hasBegun)
        {
            // The state in which a constant x gives 0.
            (s1, s2, hasBegun) = (-section.B0 * samples[0], section.B0 * samples[0], true);
        }
        double first = s1, second = s2;
        for (int i = 0; i < samples.Length; i++)
            result[i] = (float)section.Next(samples[i], ref first, ref second);
        (s1, s2) = (first, second);
    }

    /// <summary>The state between two samples.</summary>
    public (double First, double Second, bool HasBegun) State
    {
        get => (s1, s2, hasBegun);
        set => (s1, s2, hasBegun) = value;
    }
}
