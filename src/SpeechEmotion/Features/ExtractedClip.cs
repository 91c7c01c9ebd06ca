using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>A recording, its features, and the part of the recording that they describe.</summary>
/// <param name="Sound">The recording at its own sample rate.</param>
/// <param name="Features">[features, frames], before normalisation.</param>
/// <param name="Start">
/// Start of the part in seconds, which is the centre of the first frame: 0, or the start of the speech with
/// <see cref="FeatureSettings.TrimDb"/>.
/// </param>
/// <param name="End">End of the part in seconds.</param>
public sealed record ExtractedClip(Waveform Sound, FeatureMatrix Features, double Start, double End)
{
    /// <summary>Resamples a recording and extracts its features.</summary>
    public static ExtractedClip From(Waveform sound, FeatureExtractor extractor)
    {
        FeatureSettings settings = extractor.Settings;
        double rate = settings.SampleRate;
        float[] samples = Resampler.Resample(sound, settings.SampleRate).Samples;
        Range part = settings.TrimDb > 0 ? SpeechBounds.Find(samples, settings) : Range.All;
        (int from, int length) = part.GetOffsetAndLength(samples.Length);
        return new ExtractedClip(sound, extractor.Extract(samples), from / rate, (from + length) / rate);
    }
}
