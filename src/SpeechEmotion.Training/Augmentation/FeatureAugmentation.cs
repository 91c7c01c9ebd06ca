using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Random changes of a clip in the feature domain: another tempo, length of vocal tract and microphone, another piece of it, and
/// SpecAugment's masks. Each is drawn from the generator that is given, so that a clip's changes depend on the seed alone.
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

    public FeatureAugmentation(AugmentationSettings settings, FeatureSettings features)
    {
        this.settings = settings;
        var layout = new FeatureLayout(features);
        (mel, mfcc, chroma) = (layout.Find(FeatureKind.Mel), layout.Find(FeatureKind.Mfcc), layout.Find(FeatureKind.Chroma));
        cropFrames = (int)Math.Round(settings.CropSeconds * features.SampleRate / features.HopLength);
        vtlp = new Vtlp(features);
        equaliser = new Equaliser(settings, layout);
    }

    /// <summary>A changed copy of raw features: tempo, crop, warp and equaliser.</summary>
    /// <param name="clip">Raw features.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="speaker">Where the other voice and microphone come from: with the same numbers two clips become the same voice.</param>
    /// <returns>The features, and what has become of the voice.</returns>
    public (FeatureMatrix Features, SpeakerPerturbation Change) Apply(FeatureMatrix clip, SeededRandom random, SeededRandom speaker)
    {
        double tempo = Factor(settings.Tempo, random);
        int length = Math.Max(1, (int)Math.Round(clip.Frames / tempo));
        int frames = cropFrames > 0 ? Math.Min(length, cropFrames) : length;
        int start = random.Next(length - frames + 1);
        FeatureMatrix changed = Resampled(clip, length, start, frames);
        double warp = Factor(settings.Vtlp, speaker);
        vtlp.Apply(changed, warp);
        double[] gain = equaliser.Draw(speaker);
        equaliser.Apply(changed, gain);
        return (changed, new SpeakerPerturbation(warp, gain));
    }

    /// <summary>Changes what is known of a voice as a clip of it was changed: the mean over utterances of their statistics, [features, statistics], in place.</summary>
    public void ApplyToStatistics(FeatureMatrix statistics, SpeakerPerturbation change)
    {
        vtlp.ApplyToStatistics(statistics, change.FrequencyFactor);
        equaliser.ApplyToStatistics(statistics, change.Equalisation);
    }

    /// <summary>Shifts and stretches each feature of a normalised clip as a whole (Li et al. 2022).</summary>
    public void PerturbStatistics(FeatureMatrix clip, SeededRandom random)
    {
        if (settings.StatisticsPerturbation == 0)
            return;
        for (int row = 0; row < clip.Features; row++)
        {
            float stretch = (float)Math.Exp(settings.StatisticsPerturbation * random.Normal()), shift = (float)(settings.StatisticsPerturbation * random.Normal());
            foreach (ref float value in clip.Row(row))
                value = (value * stretch) + shift;
        }
    }

    /// <summary>Overwrites random spans of time and mel bands of normalised features with 0, their mean (Park et al. 2019).</summary>
    public void Mask(FeatureMatrix clip, SeededRandom random)
    {
        for (int i = 0; i < settings.TimeMasks; i++)
        {
            // No mask hides more than a fifth of a short clip.
            (int start, int width) = Span(clip.Frames, Math.Min(settings.TimeMaskFrames, clip.Frames / 5), random);
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
            (int start, int width) = Span(bands.Count, Math.Min(settings.MelMaskBands, bands.Count), random);
            for (int band = start; band < start + width; band++)
                clip.Row(bands.First + band).Clear();
        }
    }

    private static (int Start, int Width) Span(int length, int longest, SeededRandom random)
    {
        int width = random.Next(longest + 1);
        return (random.Next(length - width + 1), width);
    }

    /// <summary>Between 1 / (1 + share) and 1 + share, slower as likely as faster.</summary>
    private static double Factor(double share, SeededRandom random) =>
        share == 0 ? 1 : Math.Pow(1 + share, (2 * random.NextDouble()) - 1);

    /// <summary>Frames start … start + frames of the clip stretched linearly to another length.</summary>
    private static FeatureMatrix Resampled(FeatureMatrix clip, int length, int start, int frames)
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

/// <summary>Which other voice, before which other microphone, a clip has become.</summary>
/// <param name="FrequencyFactor">By which all frequencies went up.</param>
/// <param name="Equalisation">What <see cref="Equaliser.Draw"/> gave.</param>
internal readonly record struct SpeakerPerturbation(double FrequencyFactor, double[] Equalisation);
