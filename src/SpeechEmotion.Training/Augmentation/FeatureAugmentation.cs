using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Augmentation in the feature domain: tempo perturbation, crop, VTLP, equaliser, line, statistics perturbation and SpecAugment masks. All
/// random numbers come from the generators that are passed in, so that the result depends on the seed alone.
/// </summary>
internal sealed class FeatureAugmentation
{
    private readonly AugmentationSettings settings;
    private readonly FeatureBlock? mel;
    private readonly FeatureBlock? mfcc;
    private readonly FeatureBlock? chroma;
    private readonly int cropFrames;
    private readonly Vtlp vtlp;
    private readonly Equaliser equaliser;
    private readonly Line line;

    /// <param name="settings">Probabilities and ranges of the changes.</param>
    /// <param name="features">How the features were computed.</param>
    public FeatureAugmentation(AugmentationSettings settings, FeatureSettings features)
    {
        this.settings = settings;
        var layout = new FeatureLayout(features);
        (mel, mfcc, chroma) = (layout.Find(FeatureKind.Mel), layout.Find(FeatureKind.Mfcc), layout.Find(FeatureKind.Chroma));
        cropFrames = (int)Math.Round(settings.CropSeconds * features.SampleRate / features.HopLength);
        vtlp = new Vtlp(features);
        equaliser = new Equaliser(settings, layout);
        line = new Line(settings, features);
    }

    /// <summary>A changed copy of a clip: tempo, crop, VTLP, equaliser and line.</summary>
    /// <param name="clip">Features [features, frames], not normalised.</param>
    /// <param name="random">The generator of tempo and crop.</param>
    /// <param name="speaker">
    /// The generator of VTLP, equaliser and line; the same numbers change two clips to the same artificial speaker.
    /// </param>
    /// <returns>The changed features, and how the speaker was changed.</returns>
    public (FeatureMatrix Features, SpeakerPerturbation Change) Apply(FeatureMatrix clip, SeededRandom random, SeededRandom speaker)
    {
        double tempo = DrawFactor(settings.Tempo, random);
        int length = Math.Max(1, (int)Math.Round(clip.Frames / tempo));
        int frames = cropFrames > 0 ? Math.Min(length, cropFrames) : length;
        int start = random.Next(length - frames + 1);
        FeatureMatrix changed = Resample(clip, length, start, frames);
        double warp = DrawFactor(settings.Vtlp, speaker);
        vtlp.Apply(changed, warp);
        double[] gain = equaliser.Draw(speaker);
        equaliser.Apply(changed, gain);
        LineResponse? response = line.Draw(speaker);
        line.Apply(changed, response);
        return (changed, new SpeakerPerturbation(warp, gain, response));
    }

    /// <summary>Applies the change of a clip to its speaker's mean utterance statistics, [features, statistics], in place.</summary>
    public void ApplyToStatistics(FeatureMatrix statistics, SpeakerPerturbation change)
    {
        vtlp.ApplyToStatistics(statistics, change.FrequencyFactor);
        equaliser.ApplyToStatistics(statistics, change.Equalisation);
        line.ApplyToStatistics(statistics, change.Line);
    }

    /// <summary>
    /// Scales and shifts each feature of a normalised clip by random numbers that are constant over its frames, in place (after Li et al.
    /// 2022, DSU).
    /// </summary>
    public void PerturbStatistics(FeatureMatrix clip, SeededRandom random)
    {
        if (settings.StatisticsPerturbation == 0)
            return;
        for (int row = 0; row < clip.Features; row++)
        {
            float scale = (float)Math.Exp(settings.StatisticsPerturbation * random.Normal());
            float shift = (float)(settings.StatisticsPerturbation * random.Normal());
            foreach (ref float value in clip.Row(row))
                value = (value * scale) + shift;
        }
    }

    /// <summary>
    /// Sets random ranges of time and mel bands of a normalised clip to 0, their mean (SpecAugment, Park et al. 2019), and with
    /// feature-group dropout all MFCC or all chroma; in place.
    /// </summary>
    public void Mask(FeatureMatrix clip, SeededRandom random)
    {
        for (int i = 0; i < settings.TimeMasks; i++)
        {
            // A mask covers at most a fifth of a short clip.
            (int start, int width) = DrawRange(clip.Frames, Math.Min(settings.TimeMaskFrames, clip.Frames / 5), random);
            for (int row = 0; row < clip.Features; row++)
                clip.Row(row).Slice(start, width).Clear();
        }
        foreach (FeatureBlock? block in settings.FeatureGroupDropout > 0 ? new[] { mfcc, chroma } : [])
            if (block is { } dropped && random.NextDouble() < settings.FeatureGroupDropout)
                for (int row = dropped.First; row < dropped.First + dropped.Count; row++)
                    clip.Row(row).Clear();
        if (mel is not { } bands)
            return;
        for (int i = 0; i < settings.MelMasks; i++)
        {
            (int start, int width) = DrawRange(bands.Count, Math.Min(settings.MelMaskBands, bands.Count), random);
            for (int band = start; band < start + width; band++)
                clip.Row(bands.First + band).Clear();
        }
    }

    private static (int Start, int Width) DrawRange(int length, int maxWidth, SeededRandom random)
    {
        int width = random.Next(maxWidth + 1);
        return (random.Next(length - width + 1), width);
    }

    /// <summary>A factor from 1 / (1 + range) to 1 + range, uniform on a logarithmic scale.</summary>
    private static double DrawFactor(double range, SeededRandom random) =>
        range == 0 ? 1 : Math.Pow(1 + range, (2 * random.NextDouble()) - 1);

    /// <summary>Frames start to start + frames − 1 of the clip after linear interpolation to <paramref name="length"/> frames.</summary>
    private static FeatureMatrix Resample(FeatureMatrix clip, int length, int start, int frames)
    {
        var changed = new FeatureMatrix(new float[clip.Features * frames], clip.Features, frames);
        if (length == clip.Frames)
        {
            for (int row = 0; row < clip.Features; row++)
                clip.Row(row).Slice(start, frames).CopyTo(changed.Row(row));
            return changed;
        }
        double step = length > 1 ? (clip.Frames - 1.0) / (length - 1) : 0;
        int[] lefts = new int[frames];
        float[] shares = new float[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            double position = (start + frame) * step;
            lefts[frame] = Math.Min((int)position, Math.Max(0, clip.Frames - 2));
            shares[frame] = (float)(position - lefts[frame]);
        }
        int neighbour = clip.Frames > 1 ? 1 : 0;
        for (int row = 0; row < clip.Features; row++)
        {
            ReadOnlySpan<float> source = clip.Row(row);
            Span<float> target = changed.Row(row);
            for (int frame = 0; frame < target.Length; frame++)
            {
                float left = source[lefts[frame]];
                target[frame] = left + (shares[frame] * (source[lefts[frame] + neighbour] - left));
            }
        }
        return changed;
    }
}

/// <summary>The change of speaker, microphone and line that augmentation made to a clip.</summary>
/// <param name="FrequencyFactor">Factor on all frequencies of the speech.</param>
/// <param name="Equalisation">Weights of the gain, from <see cref="Equaliser.Draw"/>.</param>
/// <param name="Line">The line; null: none.</param>
internal readonly record struct SpeakerPerturbation(double FrequencyFactor, double[] Equalisation, LineResponse? Line);
