using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Another voice saying the same: features as if every frequency of the speech had been multiplied by a factor, formants and
/// pitch together (vocal-tract-length perturbation, Jaitly and Hinton 2013, done to the features).
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
    private readonly float[] cosines;

    public Vtlp(FeatureSettings settings)
    {
        var layout = new FeatureLayout(settings);
        (mel, mfcc, chroma) = (layout.Find(FeatureKind.Mel), layout.Find(FeatureKind.Mfcc), layout.Find(FeatureKind.Chroma));
        (pitch, centroid) = (layout.Find(FeatureKind.Pitch), layout.Find(FeatureKind.Centroid));
        int bands = settings.MelBands;
        double[] edges = MelScale.Frequencies(bands + 2, settings.MelLow, settings.MelHigh > 0 ? settings.MelHigh : settings.SampleRate / 2.0);
        bandHertz = edges[1..^1];
        lowestMel = MelScale.FromHertz(edges[1]);
        melsPerBand = bands > 1 ? (MelScale.FromHertz(edges[^2]) - lowestMel) / (bands - 1) : 1;
        cosines = [.. Enumerable.Range(0, (mfcc?.Count ?? 0) * bands).Select(i => CosineTransform.Weight(i / bands, i % bands, bands))]; // [coefficients, bands]
    }

    /// <summary>Warps a clip's raw features in place. MFCC follow the mel bands; without these among the features they stay as they are.</summary>
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
    /// Warps the mean over a voice's utterances of their statistics, [features, statistics], in place: what
    /// <see cref="Apply"/> does to every frame shifts where a feature lies, and for pitch and MFCC leaves how it varies.
    /// </summary>
    public void ApplyToStatistics(FeatureMatrix statistics, double factor)
    {
        float[] before = [.. statistics.Values];
        Apply(statistics, factor);
        foreach (FeatureBlock? shifted in new[] { mfcc, pitch })
            for (int row = shifted?.First ?? 0; row < (shifted is { } block ? block.First + block.Count : 0); row++)
                Shift(statistics.Row(row), before.AsSpan(row * statistics.Frames, statistics.Frames));
        if (centroid is { } centre)
            statistics.Row(centre.First)[UtteranceStatistics.Skewness] = before[(centre.First * statistics.Frames) + UtteranceStatistics.Skewness];
    }

    // The quantiles move with the mean; the rest stays as it was.
    private static void Shift(Span<float> row, ReadOnlySpan<float> before)
    {
        float shift = row[UtteranceStatistics.Mean] - before[UtteranceStatistics.Mean];
        before.CopyTo(row);
        foreach (int place in UtteranceStatistics.Locations)
            row[place] += shift;
    }

    /// <summary>Band b takes what stood at its frequency divided by the factor. The MFCC are a linear function of the log-mel bands, so they follow by the transform of what the bands changed.</summary>
    private void WarpBands(FeatureMatrix clip, FeatureBlock block, double factor)
    {
        int bands = block.Count, frames = clip.Frames;
        float[] before = clip.Values.AsSpan(block.First * frames, bands * frames).ToArray(), change = new float[bands * frames];
        for (int band = 0; band < bands; band++)
        {
            double place = Math.Clamp((MelScale.FromHertz(bandHertz[band] / factor) - lowestMel) / melsPerBand, 0, bands - 1);
            int left = (int)place, right = Math.Min(left + 1, bands - 1);
            Span<float> row = clip.Row(block.First + band), changed = change.AsSpan(band * frames, frames);
            row.Clear();
            ScaledSum.Add(row, before.AsSpan(left * frames, frames), (float)(1 - (place - left)));
            ScaledSum.Add(row, before.AsSpan(right * frames, frames), (float)(place - left));
            row.CopyTo(changed);
            ScaledSum.Add(changed, before.AsSpan(band * frames, frames), -1);
        }
        for (int c = 0; c < (mfcc?.Count ?? 0); c++)
            for (int band = 0; band < bands; band++)
                ScaledSum.Add(clip.Row(mfcc!.Value.First + c), change.AsSpan(band * frames, frames), cosines[(c * bands) + band]);
    }

    // Turns the circle of pitch classes upwards by a share of a class or more, linear in between.
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
                double place = i - steps;
                int floor = (int)Math.Floor(place);
                float low = before[(((floor % classes) + classes) % classes)], high = before[((((floor + 1) % classes) + classes) % classes)];
                clip.Values[((block.First + i) * clip.Frames) + frame] = low + ((float)(place - floor) * (high - low));
            }
        }
    }
}
