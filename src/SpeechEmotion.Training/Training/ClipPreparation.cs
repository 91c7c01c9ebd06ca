using SpeechEmotion.Adaptation;
using SpeechEmotion.Augmentation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// One training clip on its way to the network: waveform augmentation, features, feature augmentation, normalisation with or without
/// enrolment, masks. Thread-safe.
/// </summary>
internal sealed class ClipPreparation
{
    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly FeatureNormaliser normaliser;
    private readonly FeatureAugmentation featureAugmentation;
    private readonly WaveformAugmentation? waveformAugmentation;
    private readonly FeatureExtractor? extractor;
    private readonly EnrolmentDraw enrolment;

    /// <param name="clips">The training part, with waveforms if the settings ask for waveform augmentation.</param>
    /// <param name="settings">The run.</param>
    /// <param name="normaliser">Fitted on the training part.</param>
    /// <param name="enrolment">Draws the speaker statistics of a clip.</param>
    public ClipPreparation(IReadOnlyList<LabelledClip> clips, RunSettings settings, FeatureNormaliser normaliser, EnrolmentDraw enrolment)
    {
        (this.clips, this.normaliser, this.enrolment) = (clips, normaliser, enrolment);
        featureAugmentation = new FeatureAugmentation(settings.Augmentation, settings.Features);
        if (!WaveformAugmentation.IsEnabled(settings.Augmentation))
            return;
        waveformAugmentation = new WaveformAugmentation(settings.Augmentation, settings.Features.SampleRate);
        extractor = new FeatureExtractor(settings.Features);
    }

    /// <summary>The augmented and normalised form of a clip.</summary>
    /// <param name="clip">Index of the clip in the training part.</param>
    /// <param name="random">The clip's generators.</param>
    public NormalisedClip Prepare(int clip, RandomSources random)
    {
        (FeatureMatrix features, double speed, float[]? environmentShift) = AugmentWaveform(clip, random);
        (features, SpeakerPerturbation change) = featureAugmentation.Apply(features, random.Clip, random.Speaker);
        change = change with { FrequencyFactor = speed * change.FrequencyFactor };
        SpeakerStatistics? speaker = null;
        if (normaliser.Kind == Normalisation.Speaker && enrolment.Draw(clip, random.Enrolment) is { } drawn)
            speaker = Transform(drawn, environmentShift, change);
        NormalisedClip prepared = normaliser.Prepare(features, speaker);
        featureAugmentation.PerturbStatistics(prepared.Frames, random.Clip);
        featureAugmentation.Mask(prepared.Frames, random.Clip);
        return prepared;
    }

    /// <summary>
    /// The clip's features after waveform augmentation, the factor on all its frequencies, and by how much the environment shifted
    /// its utterance statistics; null where it did not or where the normalisation does not use statistics of the speaker.
    /// </summary>
    private (FeatureMatrix Features, double Speed, float[]? EnvironmentShift) AugmentWaveform(int clip, RandomSources random)
    {
        FeatureMatrix features = clips[clip].Features;
        if (waveformAugmentation is null)
            return (features, 1, null);
        float[] original = clips[clip].Waveform!.ToFloats();
        (float[] perturbed, double speed) = waveformAugmentation.PerturbSpeed(original, random.Speaker);
        float[] noisy = waveformAugmentation.AddNoise(
            perturbed, () => clips[random.Environment.Next(clips.Count)].Waveform!.ToFloats(), random.Environment);
        // An augmentation that does nothing returns the same array.
        if (noisy != original)
            features = extractor!.Extract(noisy);
        if (noisy == perturbed || normaliser.Kind != Normalisation.Speaker)
            return (features, speed, null);
        float[] shift = UtteranceStatistics.Compute(features);
        ScaledSum.Add(shift, speed == 1 ? clips[clip].Statistics : UtteranceStatistics.Compute(extractor!.Extract(perturbed)), -1);
        return (features, speed, shift);
    }

    /// <summary>
    /// Speaker statistics transformed as the clip was: they must be those of the artificial speaker, enrolled in the same environment.
    /// </summary>
    private SpeakerStatistics Transform(SpeakerStatistics speaker, float[]? environmentShift, SpeakerPerturbation change)
    {
        int width = UtteranceStatistics.Names.Count;
        var means = new FeatureMatrix(speaker.Means(), speaker.Width / width, width); // [features, statistics]
        if (environmentShift is not null)
            ScaledSum.Add(means.Values, environmentShift, 1);
        featureAugmentation.ApplyToStatistics(means, change);
        var transformed = new SpeakerStatistics();
        transformed.Add(means.Values, speaker.Seconds);
        return transformed;
    }
}
