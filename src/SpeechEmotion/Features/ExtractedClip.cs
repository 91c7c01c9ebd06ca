using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>A recording, its features, and where in it they lie.</summary>
/// <param name="Sound">The recording at its own rate.</param>
/// <param name="Features">[features, frames], not normalised.</param>
/// <param name="Start">Second on which the first frame is centred: 0, or where <see cref="FeatureSettings.TrimDb"/> lets the speech begin.</param>
/// <param name="End">Second where the part ends that the features are made of.</param>
internal sealed record ExtractedClip(Waveform Sound, FeatureMatrix Features, double Start, double End)
{
    /// <summary>Resamples a recording and extracts its features.</summary>
    public static ExtractedClip From(Waveform sound, FeatureExtractor extractor)
    {
        FeatureSettings settings = extractor.Settings;
        float[] samples = (sound.SampleRate == settings.SampleRate ? sound : Resampler.Resample(sound, settings.SampleRate)).Samples;
        (int from, int length) = (settings.TrimDb > 0 ? SpeechBounds.Find(samples, settings) : Range.All).GetOffsetAndLength(samples.Length);
        return new ExtractedClip(sound, extractor.Extract(samples), (double)from / settings.SampleRate, (double)(from + length) / settings.SampleRate);
    }
}
