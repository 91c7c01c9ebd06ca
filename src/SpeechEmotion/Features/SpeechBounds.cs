using System.Numerics;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// Start and end of the speech in a clip: from the first to the last frame whose energy is at most
/// <see cref="FeatureSettings.TrimDb"/> below that of the loudest frame, extended by <see cref="FeatureSettings.TrimMargin"/> on both
/// sides. Frames have the length and hop of the settings, start at sample 0 and are padded with zeros at the end. The method is that of
/// <c>librosa.effects.trim</c>, which uses centred frames of 2,048 samples and no margin. A clip without energy is not trimmed.
/// </summary>
internal static class SpeechBounds
{
    /// <summary>The range of samples to keep. It is empty only for an empty clip.</summary>
    public static Range Find(ReadOnlySpan<float> samples, FeatureSettings settings)
    {
        int hop = settings.HopLength, frame = settings.FrameLength;
        int frames = 1 + Math.Min(Math.Max(0, (samples.Length - frame + hop - 1) / hop), (samples.Length - 1) / hop);
        double loudest = 0;
        for (int i = 0; i < frames; i++)
            loudest = Math.Max(loudest, Energy(samples, i * hop, frame));
        if (!(loudest > 0) || !double.IsFinite(loudest))
            return Range.All;

        double limit = loudest * Math.Pow(10, -settings.TrimDb / 10);
        int first = 0, last = frames - 1;
        while (Energy(samples, first * hop, frame) < limit)
            first++;
        while (Energy(samples, last * hop, frame) < limit)
            last--;
        long margin = (long)Math.Round(settings.TrimMargin * settings.SampleRate);
        long from = Math.Max(0, first * (long)hop - margin);
        long to = Math.Min(samples.Length, last * (long)hop + frame + margin);
        return (int)from..(int)to;
    }

    /// <summary>Sum of the squares of up to <paramref name="length"/> samples.</summary>
    public static double Energy(ReadOnlySpan<float> samples, int start, int length)
    {
        ReadOnlySpan<float> part = samples.Slice(start, Math.Min(length, samples.Length - start));
        // Four sums whatever the vector width, so that every machine cuts at the same sample.
        Vector4 sums = Vector4.Zero;
        int i = 0;
        for (; i <= part.Length - 4; i += 4)
        {
            Vector4 values = new(part.Slice(i, 4));
            sums += values * values;
        }
        double energy = (double)sums.X + sums.Y + sums.Z + sums.W;
        for (; i < part.Length; i++)
            energy += (double)part[i] * part[i];
        return energy;
    }
}
