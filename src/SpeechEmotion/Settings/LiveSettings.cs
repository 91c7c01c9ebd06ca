namespace SpeechEmotion.Settings;

/// <summary>
/// Segmentation of recordings and live streams into utterances and windows. Levels are in decibels relative to full scale (a square
/// wave of amplitude 1 has 0 dB).
/// </summary>
public sealed record LiveSettings
{
    /// <summary>
    /// Longest utterance in seconds that is classified as one window, above 0 to 3600. The probabilities of a longer one are averaged
    /// over windows of <see cref="WindowSeconds"/>.
    /// </summary>
    public double UtteranceSeconds { get; init; } = 10;

    /// <summary>
    /// Longest utterance in seconds, 1 to 3600. Speech without a pause, such as babble or a television, is cut there, at the place
    /// of its last seconds where speech is least probable, and what follows is the next utterance.
    /// </summary>
    public double MaxUtteranceSeconds { get; init; } = 30;

    /// <summary>
    /// Window length in seconds, above 0 to 3600: of a measurement, which classifies the end of an utterance while it continues, and
    /// of the windows of an utterance longer than <see cref="UtteranceSeconds"/>.
    /// </summary>
    public double WindowSeconds { get; init; } = 3;

    /// <summary>Seconds from one window to the next, above 0 to 3600.</summary>
    public double HopSeconds { get; init; } = 0.5;

    /// <summary>
    /// Length of a VAD frame in seconds, 0.005 to 0.25. Voice activity is decided once per VAD frame, so it is also the resolution of
    /// <see cref="HangoverSeconds"/> and <see cref="MinSpeechSeconds"/>.
    /// </summary>
    public double VadFrameSeconds { get; init; } = 0.032;

    /// <summary>
    /// Probability of speech, 0 to 1, from which a VAD frame counts as speech when the one before did not. This threshold and
    /// <see cref="StopProbability"/> apply to speech 20 dB or more above the noise; both fall as the SNR falls to 10 dB.
    /// </summary>
    public double StartProbability { get; init; } = 0.45;

    /// <summary>
    /// Probability of speech, 0 to <see cref="StartProbability"/>, from which a VAD frame counts as speech when the one before did.
    /// It is lower than <see cref="StartProbability"/> so that the decision does not flicker (hysteresis).
    /// </summary>
    public double StopProbability { get; init; } = 0.2;

    /// <summary>
    /// Lowest noise floor of a frequency band in dB relative to full scale, −120 to 0. A band below this level counts as silent.
    /// </summary>
    public double FloorDb { get; init; } = -80;

    /// <summary>
    /// Seconds over which the lowest level of each band gives the noise floor, 0.25 to 60 (minimum statistics, Martin 2001). The floor
    /// follows rising noise after this time, and after half a second if the noise is steady.
    /// </summary>
    public double FloorSeconds { get; init; } = 2;

    /// <summary>
    /// Least median change of level in dB between successive VAD frames of speech, 0 to 20; 0: any. A sound of steadier level is noise
    /// or hum and starts no utterance, because the level of speech changes with every syllable.
    /// </summary>
    public double SteadyDb { get; init; } = 0.8;

    /// <summary>
    /// Seconds by which the speech frames of an onset must outnumber its other frames before an utterance starts, 0 to 5. It excludes
    /// shorter sounds such as clicks and knocks.
    /// </summary>
    public double MinSpeechSeconds { get; init; } = 0.25;

    /// <summary>
    /// Hangover: seconds without speech that end an utterance, 0 to 10. They belong to it, so that a quiet end is not cut off.
    /// </summary>
    public double HangoverSeconds { get; init; } = 0.3;

    /// <summary>
    /// Pre-roll: seconds before the onset that belong to the utterance, 0 to 10, so that a quiet beginning is not cut off.
    /// </summary>
    public double PreRollSeconds { get; init; } = 0.3;

    /// <summary>
    /// Most seconds of speech in the speaker statistics of a stream, 0 to 86400, for models with
    /// <c>Features.Normalisation = speaker</c>. Above it older speech loses weight, so that a change of speaker is followed; 0: no
    /// online speaker adaptation.
    /// </summary>
    public double AdaptationSeconds { get; init; } = 60;

    /// <summary>
    /// Confidence, 0 to 1, below which a result is shown as uncertain. Confidences are calibrated by the temperature of the model.
    /// </summary>
    public double UncertainBelow { get; init; } = 0.5;

    /// <summary>
    /// Seconds without any samples from the source, 0.1 to 3600, after which a session reports that the source stalled. Digital
    /// silence counts as samples.
    /// </summary>
    public double StallSeconds { get; init; } = 2;

    /// <summary>
    /// Seconds of audio from a live source, such as a microphone, that are buffered while the model is busy, 0.1 to 3600. Audio beyond
    /// it is lost and reported.
    /// </summary>
    public double BufferSeconds { get; init; } = 30;
}
