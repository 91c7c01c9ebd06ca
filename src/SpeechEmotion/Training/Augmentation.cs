using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Random changes of a clip in the feature domain: another tempo, another length of vocal tract, another piece of it, and
/// SpecAugment's masks. Each is drawn from the generator that is given, so that a clip's changes depend on the seed alone.
/// </summary>
internal sealed class Augmentation
{
    private readonly AugmentationSettings settings;
    private readonly FeatureBlock? mel;
    private readonly FeatureBlock? mfcc;
    private readonly int cropFrames;
    private readonly float[] cosines;

    public Augmentation(AugmentationSettings settings, FeatureExtractor extractor)
    {
        this.settings = settings;
        mel = Block(extractor, FeatureKind.Mel);
        mfcc = Block(extractor, FeatureKind.Mfcc);
        cropFrames = (int)Math.Round(settings.CropSeconds * extractor.Settings.SampleRate / extractor.Settings.HopLength);
        int bands = mel?.Count ?? 0, coefficients = mfcc?.Count ?? 0;
        cosines = [.. Enumerable.Range(0, coefficients * bands).Select(i => CosineTransform.Weight(i / bands, i % bands, bands))]; // [coefficients, bands]
    }

    /// <summary>A changed copy of raw features: tempo, crop and warp.</summary>
    public FeatureMatrix Apply(FeatureMatrix clip, SeededRandom random)
    {
        double tempo = Factor(settings.Tempo, random);
        int length = Math.Max(1, (int)Math.Round(clip.Frames / tempo));
        int frames = cropFrames > 0 ? Math.Min(length, cropFrames) : length;
        int start = random.Next(length - frames + 1);
        FeatureMatrix changed = Resampled(clip, length, start, frames);
        double warp = Factor(settings.Warp, random);
        if (warp != 1 && mel is { } bands)
            Warp(changed, bands, warp);
        return changed;
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
        if (mel is not { } bands)
            return;
        for (int i = 0; i < settings.MelMasks; i++)
        {
            (int start, int width) = Span(bands.Count, Math.Min(settings.MelMaskBands, bands.Count), random);
            for (int band = start; band < start + width; band++)
                clip.Row(bands.First + band).Clear();
        }
    }

    private static FeatureBlock? Block(FeatureExtractor extractor, FeatureKind kind) =>
        extractor.Blocks.Select(block => (FeatureBlock?)block).FirstOrDefault(block => block!.Value.Kind == kind);

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
        for (int frame = 0; frame < frames; frame++)
        {
            double position = (start + frame) * step;
            int left = Math.Min((int)position, clip.Frames - 1), right = Math.Min(left + 1, clip.Frames - 1);
            float share = (float)(position - left);
            for (int row = 0; row < clip.Features; row++)
            {
                ReadOnlySpan<float> source = clip.Row(row);
                changed.Row(row)[frame] = source[left] + (share * (source[right] - source[left]));
            }
        }
        return changed;
    }

    /// <summary>
    /// Stretches the mel axis (vocal-tract-length perturbation, Jaitly and Hinton 2013). The MFCC are a linear function of the
    /// log-mel bands, so they follow by the transform of what the bands changed.
    /// </summary>
    private void Warp(FeatureMatrix clip, FeatureBlock mel, double warp)
    {
        int bands = mel.Count;
        float[] change = new float[bands];
        for (int frame = 0; frame < clip.Frames; frame++)
        {
            for (int band = 0; band < bands; band++)
            {
                double position = Math.Min(band * warp, bands - 1);
                int left = (int)position, right = Math.Min(left + 1, bands - 1);
                float low = clip.Values[((mel.First + left) * clip.Frames) + frame], high = clip.Values[((mel.First + right) * clip.Frames) + frame];
                change[band] = low + ((float)(position - left) * (high - low));
            }
            for (int band = 0; band < bands; band++)
            {
                ref float value = ref clip.Values[((mel.First + band) * clip.Frames) + frame];
                (value, change[band]) = (change[band], change[band] - value);
            }
            for (int c = 0; c < (mfcc?.Count ?? 0); c++)
            {
                float sum = 0;
                for (int band = 0; band < bands; band++)
                    sum += cosines[(c * bands) + band] * change[band];
                clip.Values[((mfcc!.Value.First + c) * clip.Frames) + frame] += sum;
            }
        }
    }
}
