using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Random lines between a speaker and the program, in the feature domain: a band with an edge at each side, as of telephones, codecs
/// and small microphones, and a noise within it, as of quantisation. Mel bands and MFCC change; chroma and pitch stay.
/// </summary>
internal sealed class Line
{
    /// <summary>Level of speech in dB relative to full scale where the front end sets none.</summary>
    private const double NominalLevel = -26;

    /// <summary>Greatest attenuation in dB outside the band.</summary>
    private const double MaxAttenuation = 100;

    private readonly double share;
    private readonly FeatureBlock? mel;
    private readonly CepstrumChange cepstrum;
    private readonly double[] centres;
    private readonly double nyquist, noisePerDensity, floor;

    /// <param name="settings">Share of the utterances.</param>
    /// <param name="features">How the features were computed.</param>
    public Line(AugmentationSettings settings, FeatureSettings features)
    {
        share = settings.Line;
        var layout = new FeatureLayout(features);
        mel = layout.Find(FeatureKind.Mel);
        cepstrum = new CepstrumChange(layout, features.MelBands);
        nyquist = features.SampleRate / 2.0;
        centres = MelScale.Frequencies(features.MelBands + 2, features.MelLow, features.MelHigh > 0 ? features.MelHigh : nyquist)[1..^1];
        noisePerDensity = Decibels.FloorPower(features with { FloorDb = features.LevelDb == 0 ? NominalLevel : features.LevelDb });
        floor = Math.Max(Decibels.FloorPower(features), Decibels.Smallest);
    }

    /// <summary>A random line; null where the settings ask for none, or for none at this utterance.</summary>
    public LineResponse? Draw(SeededRandom random)
    {
        if (share == 0 || random.NextDouble() >= share)
            return null;
        double Between(double low, double high) => low + (random.NextDouble() * (high - low));
        double LogBetween(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
        double lowEdge = random.NextDouble() < 0.5 ? 0 : LogBetween(80, 400), lowSlope = Between(6, 48);
        double highEdge = LogBetween(0.35, 1.1) * nyquist, highSlope = LogBetween(24, 400);
        double noise = noisePerDensity * Math.Pow(10, -Between(20, 70) / 10);
        double[] gains = [.. centres.Select(hertz =>
        {
            double octavesBelow = Math.Max(0, Math.Log2(lowEdge / hertz)), octavesAbove = Math.Max(0, Math.Log2(hertz / highEdge));
            double attenuation = (lowSlope * octavesBelow) + (highSlope * octavesAbove);
            return Math.Pow(10, -Math.Min(attenuation, MaxAttenuation) / 10);
        })];
        return new LineResponse(gains, noise);
    }

    /// <summary>Sends a clip's features, not normalised, through a line, in place.</summary>
    public void Apply(FeatureMatrix clip, LineResponse? line)
    {
        if (line is null || mel is not { } bands)
            return;
        float[] change = new float[bands.Count * clip.Frames];
        for (int band = 0; band < bands.Count; band++)
        {
            Span<float> row = clip.Row(bands.First + band), changed = change.AsSpan(band * clip.Frames, clip.Frames);
            for (int frame = 0; frame < row.Length; frame++)
            {
                float value = (float)Through(row[frame], line.Gains[band], line.Noise);
                changed[frame] = value - row[frame];
                row[frame] = value;
            }
        }
        cepstrum.Apply(clip, change);
    }

    /// <summary>
    /// Sends a speaker's mean utterance statistics, [features, statistics], through a line, in place. In a mel band larger values stay
    /// larger, so that mean and percentiles go through as values do, and the statistics of spread shrink as differences of values near the
    /// mean do.
    /// </summary>
    public void ApplyToStatistics(FeatureMatrix statistics, LineResponse? line)
    {
        if (line is null || mel is not { } bands)
            return;
        float[] change = new float[bands.Count];
        for (int band = 0; band < bands.Count; band++)
        {
            Span<float> row = statistics.Row(bands.First + band);
            float mean = row[UtteranceStatistics.Mean];
            double slope = Through(mean + 0.5, line.Gains[band], line.Noise) - Through(mean - 0.5, line.Gains[band], line.Noise);
            for (int i = 0; i < row.Length; i++)
                if (UtteranceStatistics.Locations.Contains(i))
                    row[i] = (float)Through(row[i], line.Gains[band], line.Noise);
                else if (i != UtteranceStatistics.Skewness)
                    row[i] *= (float)slope;
            change[band] = row[UtteranceStatistics.Mean] - mean;
        }
        cepstrum.ApplyToStatistics(statistics, change);
    }

    // The floor of the features is below the line, not before it.
    private double Through(double decibels, double gain, double noise) =>
        10 * Math.Log10((Math.Max(Math.Pow(10, decibels / 10) - floor, 0) + noise) * gain + floor);
}

/// <summary>A line.</summary>
/// <param name="Gains">Power gain of each mel band.</param>
/// <param name="Noise">Power that is added in each mel band before the gain.</param>
internal sealed record LineResponse(double[] Gains, double Noise);
