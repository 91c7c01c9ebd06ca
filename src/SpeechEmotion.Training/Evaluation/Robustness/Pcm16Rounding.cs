namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>The rounding of samples in a WAVE file of 16 bits.</summary>
internal static class Pcm16Rounding
{
    private const float FullScale = 32768;

    /// <summary>The samples rounded to multiples of 2⁻¹⁵ and clipped to −1 and 1 − 2⁻¹⁵, without dither.</summary>
    public static float[] Round(float[] samples) =>
        Array.ConvertAll(samples, sample => Math.Clamp(MathF.Round(sample * FullScale), -FullScale, FullScale - 1) / FullScale);
}
