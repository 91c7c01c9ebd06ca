using SpeechEmotion.Features;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// The change of the MFCC that follows from a change of the log-mel bands: they are a linear function of them, the cosine transform.
/// </summary>
internal sealed class CepstrumChange
{
    private readonly FeatureBlock? mfcc;
    private readonly int bands;
    private readonly float[] cosines; // [coefficients, bands]

    /// <param name="layout">The rows of the features.</param>
    /// <param name="bands">Number of mel bands.</param>
    public CepstrumChange(FeatureLayout layout, int bands)
    {
        this.bands = bands;
        mfcc = layout.Find(FeatureKind.Mfcc);
        cosines = [.. Enumerable.Range(0, (mfcc?.Count ?? 0) * bands)
            .Select(i => CosineTransform.Weight(i / bands, i % bands, bands))];
    }

    /// <summary>Changes the MFCC of a clip, not normalised, in place.</summary>
    /// <param name="clip">Features [features, frames].</param>
    /// <param name="change">Change of the mel bands in dB: [bands, frames].</param>
    public void Apply(FeatureMatrix clip, ReadOnlySpan<float> change)
    {
        for (int c = 0; c < (mfcc?.Count ?? 0); c++)
            for (int band = 0; band < bands; band++)
                ScaledSum.Add(clip.Row(mfcc!.Value.First + c), change.Slice(band * clip.Frames, clip.Frames), cosines[(c * bands) + band]);
    }

    /// <summary>
    /// Shifts the statistics of location of the MFCC, [features, statistics], in place, by a change of the mean of each band.
    /// </summary>
    public void ApplyToStatistics(FeatureMatrix statistics, ReadOnlySpan<float> change)
    {
        for (int c = 0; c < (mfcc?.Count ?? 0); c++)
        {
            float shift = 0;
            for (int band = 0; band < bands; band++)
                shift += change[band] * cosines[(c * bands) + band];
            foreach (int location in UtteranceStatistics.Locations)
                statistics.Row(mfcc!.Value.First + c)[location] += shift;
        }
    }
}
