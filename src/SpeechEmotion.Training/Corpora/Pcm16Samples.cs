namespace SpeechEmotion.Corpora;

/// <summary>The samples of an utterance as 16-bit integers, which take half the memory of floats.</summary>
internal sealed class Pcm16Samples
{
    private const float FullScale = 32767;

    private readonly short[] samples;

    /// <param name="samples">Samples, −1 to 1; values beyond are clipped.</param>
    public Pcm16Samples(ReadOnlySpan<float> samples)
    {
        this.samples = new short[samples.Length];
        for (int i = 0; i < samples.Length; i++)
            this.samples[i] = (short)Math.Clamp(MathF.Round(samples[i] * FullScale), -FullScale, FullScale);
    }

    /// <summary>The samples as floats, −1 to 1.</summary>
    public float[] ToFloats()
    {
        float[] result = new float[samples.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = samples[i] / FullScale;
        return result;
    }
}
