namespace SpeechEmotion.Settings;

/// <summary>
/// How sound is cut into utterances and windows, live or from a file: where speech begins and ends, and what the network
/// sees of it. Levels are in decibels relative to full scale (a square wave of amplitude 1 has 0 dB).
/// </summary>
public sealed record LiveSettings
{
    /// <summary>An utterance up to this many seconds is decided as one window that covers it; a longer one is pooled from windows of WindowSeconds.</summary>
    public double UtteranceSeconds { get; init; } = 10;

    /// <summary>A measurement looks at no more than this many last seconds of an utterance.</summary>
    public double WindowSeconds { get; init; } = 3;

    /// <summary>Seconds of speech from one measurement to the next.</summary>
    public double HopSeconds { get; init; } = 0.5;

    /// <summary>Seconds of sound behind each decision whether it is speech; times are multiples of it.</summary>
    public double VadFrameSeconds { get; init; } = 0.032;

    /// <summary>Probability from which on a decision is for speech. Both this and <see cref="StopProbability"/> hold for speech 20 dB above its noise; the nearer it is, down to 10 dB, the more readily speech is believed in.</summary>
    public double StartProbability { get; init; } = 0.45;

    /// <summary>Probability down to which speech goes on: lower than StartProbability, so that a decision does not flicker.</summary>
    public double StopProbability { get; init; } = 0.2;

    /// <summary>Lowest noise assumed in a band, in decibels of full scale: what is quieter is silence.</summary>
    public double FloorDb { get; init; } = -80;

    /// <summary>The noise is looked for near the lowest level of this many last seconds: so long it takes to follow one that grew, unless it stands still.</summary>
    public double FloorSeconds { get; init; } = 2;

    /// <summary>Sound whose level changes by less than this many decibels from one decision to the next (median) is noise or hum and starts no utterance.</summary>
    public double SteadyDb { get; init; } = 0.8;

    /// <summary>Seconds by which speech must outweigh its gaps before an utterance begins: shorter sounds are clicks and knocks.</summary>
    public double MinSpeechSeconds { get; init; } = 0.25;

    /// <summary>Seconds without speech that end an utterance; they belong to it, so that a quiet end is not cut off.</summary>
    public double HangoverSeconds { get; init; } = 0.3;

    /// <summary>Seconds before the first speech that belong to the utterance, so that a quiet beginning is not cut off.</summary>
    public double PreRollSeconds { get; init; } = 0.3;

    /// <summary>Seconds of speech by which the voice of a stream is known at most, for a model that adapts to voices (<c>Features.Normalisation = speaker</c>): what is older fades, so that another speaker is followed; 0: nothing that is heard counts.</summary>
    public double AdaptationSeconds { get; init; } = 60;

    /// <summary>A confidence below this is shown as uncertain; confidences are calibrated by the temperature of the model.</summary>
    public double UncertainBelow { get; init; } = 0.5;

    /// <summary>Seconds without any sound from the source, not even silence, after which a session says that it stalled.</summary>
    public double StallSeconds { get; init; } = 2;

    /// <summary>Seconds of a microphone's sound held while the model is busy; what comes on top is lost, and counted.</summary>
    public double BufferSeconds { get; init; } = 30;
}
