using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Vocal-tract-length perturbation (Jaitly and Hinton 2013), applied to the features: they change as if all frequencies of the speech,
/// formants and pitch, had been multiplied by a factor.
/// </summary>
internal sealed class Vtlp
{
    private readonly FeatureBlock? mel;
    private readonly FeatureBlock? mfcc;
    private readonly FeatureBlock? chroma;
    private readonly FeatureBlock? pitch;
    private readonly FeatureBlock? centroid;
    private readonly double[] bandHertz;
    private readonly double lowestMel;
    private readonly double melsPerBand;
    private readonly CepstrumChange cepstrum;

    /// <param name="settings">How the features were computed.</param>
    public Vtlp(FeatureSettings settings)
    {
        var layout = new FeatureLayout(settings);
        (mel, mfcc, chroma) = (layout.Find(FeatureKind.Mel), layout.Find(FeatureKind.Mfcc), layout.Find(FeatureKind.Chroma));
        (pitch, centroid) = (layout.Find(FeatureKind.Pitch), layout.Find(FeatureKind.Centroid));
        int bands = settings.MelBands;
        double high = settings.MelHigh > 0 ? settings.MelHigh : settings.SampleRate / 2.0;
        double[] edges = MelScale.Frequencies(bands + 2, settings.MelLow, high);
        bandHertz = edges[1..^1];
        lowestMel = MelScale.FromHertz(edges[1]);
        melsPerBand = bands > 1 ? (MelScale.FromHertz(edges[^2]) - lowestMel) / (bands - 1) : 1;
        cepstrum = new CepstrumChange(layout, bands);
    }

    /// <summary>
    /// Warps a clip's features, not normalised, in place. The MFCC follow from the mel bands; without mel bands they do not change.
    /// </summary>
    /// <param name="clip">Features [features, frames].</param>
    /// <param name="factor">Factor on all frequencies; 1 changes nothing.</param>
    public void Apply(FeatureMatrix clip, double factor)
    {
        if (factor == 1)
            return;
        double semitones = 12 * Math.Log2(factor);
        if (mel is { } bands)
            WarpBands(clip, bands, factor);
        if (chroma is { } classes)
            Rotate(clip, classes, semitones * classes.Count / 12);
        if (pitch is { } track)
            foreach (ref float value in clip.Row(track.First))
                value += (float)semitones;
        if (centroid is { } centre)
            foreach (ref float value in clip.Row(centre.First))
                value *= (float)factor;
    }

    /// <summary>
    /// Warps a speaker's mean utterance statistics, [features, statistics], in place. For pitch and MFCC only the location statistics
    /// (mean and percentiles) change, because <see cref="Apply"/> adds the same shift to all frames there.
    /// </summary>
    public void ApplyToStatistics(FeatureMatrix statistics, double factor)
    {
        float[] before = [.. statistics.Values];
        Apply(statistics, factor);
        foreach (FeatureBlock? shifted in new[] { mfcc, pitch })
            for (int row = shifted?.First ?? 0; row < (shifted is { } block ? block.First + block.Count : 0); row++)
                Shift(statistics.Row(row), before.AsSpan(row * statistics.Frames, statistics.Frames));
        if (centroid is { } centre)
            statistics.Row(centre.First)[UtteranceStatistics.Skewness] =
                before[(centre.First * statistics.Frames) + UtteranceStatistics.Skewness];
    }

    // The percentiles shift with the mean; all other statistics keep their values.
    private static void Shift(Span<float> row, ReadOnlySpan<float> before)
    {
        float shift = row[UtteranceStatistics.Mean] - before[UtteranceStatistics.Mean];
        before.CopyTo(row);
        foreach (int location in UtteranceStatistics.Locations)
            row[location] += shift;
    }

    /// <summary>
    /// Each band receives the value at its centre frequency divided by the factor, interpolated between bands. The MFCC are a linear
    /// function of the log-mel bands and change by the cosine transform of the change of the bands.
    /// </summary>
    private void WarpBands(FeatureMatrix clip, FeatureBlock block, double factor)
    {
        int bands = block.Count, frames = clip.Frames;
        float[] before = clip.Values.AsSpan(block.First * frames, bands * frames).ToArray(), change = new float[bands * frames];
        for (int band = 0; band < bands; band++)
        {
            double position = Math.Clamp((MelScale.FromHertz(bandHertz[band] / factor) - lowestMel) / melsPerBand, 0, bands - 1);
            int left = (int)position, right = Math.Min(left + 1, bands - 1);
            Span<float> row = clip.Row(block.First + band), changed = change.AsSpan(band * frames, frames);
            row.Clear();
            ScaledSum.Add(row, before.AsSpan(left * frames, frames), (float)(1 - (position - left)));
            ScaledSum.Add(row, before.AsSpan(right * frames, frames), (float)(position - left));
            row.CopyTo(changed);
            ScaledSum.Add(changed, before.AsSpan(band * frames, frames), -1);
        }
        cepstrum.Apply(clip, change);
    }

    // Rotates the pitch classes upwards by a number of classes, with linear interpolation for its fraction.
    private static void Rotate(FeatureMatrix clip, FeatureBlock block, double steps)
    {
        int classes = block.Count;
        float[] before = new float[classes];
        for (int frame = 0; frame < clip.Frames; frame++)
        {
            for (int i = 0; i < classes; i++)
                before[i] = clip.Values[((block.First + i) * clip.Frames) + frame];
            for (int i = 0; i < classes; i++)
            {
                double position = i - steps;
                int floor = (int)Math.Floor(position);
                float low = before[((floor % classes) + classes) % classes];
                float high = before[(((floor + 1) % classes) + classes) % classes];
                clip.Values[((block.First + i) * clip.Frames) + frame] = low + ((float)(position - floor) * (high - low));
            }
        }
    }
}
