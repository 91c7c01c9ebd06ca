namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// The change of the cues by each emotion at full strength, relative to the neutral speech of the same speaker. The directions follow
/// Murray &amp; Arnott (1993), Banse &amp; Scherer (1996), Scherer (2003) and Juslin &amp; Laukka (2003). The sizes are of the order of
/// acted speech in these studies and below their extremes.
/// </summary>
internal static class EmotionProfile
{
    /// <summary>The emotions of the corpus, in alphabetical order.</summary>
    public static IReadOnlyList<string> Emotions { get; } = ["anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];

    private static readonly CueSet[] profiles =
    [
        // Anger: higher and wider pitch with abrupt changes on stressed syllables, loud, much energy at high frequencies,
        // somewhat faster, rough, tense articulation, open jaw (the hot anger of Banse & Scherer).
        new()
        {
            [Cue.Pitch] = 3.5, [Cue.Range] = 0.75, [Cue.PeakDelay] = -0.9, [Cue.FinalPitch] = -3, [Cue.Slope] = -1, [Cue.Level] = 4,
            [Cue.Stress] = 4, [Cue.Tempo] = 0.12, [Cue.Pause] = -0.05, [Cue.Lengthening] = -0.08, [Cue.Tilt] = -6,
            [Cue.OpenQuotient] = -0.12, [Cue.Breath] = -3, [Cue.Jitter] = 1, [Cue.Shimmer] = 5, [Cue.Jaw] = 0.1, [Cue.Precision] = 0.15,
        },
        // Disgust: slower, lower, with wide falls at the end and a grumbled chest tone (Murray & Arnott); the studies agree least on
        // its cues.
        new()
        {
            [Cue.Pitch] = -2, [Cue.Range] = 0.3, [Cue.PeakDelay] = 0.1, [Cue.FinalPitch] = -4, [Cue.Slope] = -1.2, [Cue.Level] = -1,
            [Cue.Stress] = 1.5, [Cue.Tempo] = -0.16, [Cue.Pause] = 0.06, [Cue.Lengthening] = 0.25, [Cue.Tilt] = 1,
            [Cue.OpenQuotient] = -0.06, [Cue.Jitter] = 0.5, [Cue.Shimmer] = 3, [Cue.Creak] = 0.5, [Cue.Jaw] = -0.04,
        },
        // Fear: very high, little variability around that height, irregular voicing and tremor, fast, breathy (Scherer;
        // Juslin & Laukka report microvariation of both pitch and level).
        new()
        {
            [Cue.Pitch] = 6, [Cue.Range] = -0.2, [Cue.FinalPitch] = 1, [Cue.Slope] = 0.5, [Cue.Level] = 0.5, [Cue.Stress] = -2,
            [Cue.Tempo] = 0.22, [Cue.Pause] = -0.02, [Cue.Irregularity] = 0.18, [Cue.Tilt] = 2, [Cue.OpenQuotient] = 0.05,
            [Cue.Breath] = 5, [Cue.Jitter] = 1, [Cue.Shimmer] = 3, [Cue.Tremor] = 0.9, [Cue.Jaw] = -0.03,
        },
        // Happiness: much higher and wider, smooth upward inflections, faster, louder, medium high-frequency energy, spread lips
        // (smiling raises the formants: Tartter 1980).
        new()
        {
            [Cue.Pitch] = 4, [Cue.Range] = 0.9, [Cue.PeakDelay] = 0.9, [Cue.FinalPitch] = -0.5, [Cue.Slope] = 1, [Cue.Level] = 3,
            [Cue.Stress] = 2, [Cue.Tempo] = 0.15, [Cue.Pause] = -0.03, [Cue.Irregularity] = -0.02, [Cue.Tilt] = -3.5,
            [Cue.Jitter] = -0.2, [Cue.Shimmer] = -1, [Cue.Smile] = 0.05,
        },
        new(),
        // Sadness: slightly lower, narrow and falling, quiet, slow with more pauses, steep source, slurred articulation.
        new()
        {
            [Cue.Pitch] = -2, [Cue.Range] = -0.5, [Cue.PeakDelay] = 0.2, [Cue.FinalPitch] = -1.5, [Cue.Slope] = -1, [Cue.Level] = -4,
            [Cue.Stress] = -2.5, [Cue.Tempo] = -0.2, [Cue.Pause] = 0.1, [Cue.Lengthening] = 0.05, [Cue.Tilt] = 7,
            [Cue.OpenQuotient] = 0.1, [Cue.Breath] = 5, [Cue.Tremor] = 0.08, [Cue.Precision] = -0.3,
        },
        // Surprise: high and widest, the stressed vowel drawn out (Fónagy & Magdics 1963; neither review of 2003 covers it), with
        // the rise at the end of an astonished question, and breathy.
        new()
        {
            [Cue.Pitch] = 4, [Cue.Range] = 0.9, [Cue.PeakDelay] = 0.2, [Cue.FinalPitch] = 9, [Cue.Slope] = 1.5, [Cue.Level] = 2.5,
            [Cue.Stress] = 1, [Cue.Tempo] = -0.04, [Cue.Lengthening] = 0.3, [Cue.Tilt] = -1, [Cue.OpenQuotient] = 0.04, [Cue.Breath] = 4,
        },
    ];

    /// <summary>Standard deviations of the cues between the utterances of one speaker in one emotion.</summary>
    public static CueSet WithinSpeaker { get; } = new()
    {
        [Cue.Pitch] = 1.0, [Cue.Range] = 0.15, [Cue.PeakDelay] = 0.25, [Cue.FinalPitch] = 0.9, [Cue.Slope] = 0.6, [Cue.Level] = 1.5,
        [Cue.Stress] = 0.9, [Cue.Tempo] = 0.05, [Cue.Pause] = 0.03, [Cue.Lengthening] = 0.06, [Cue.Irregularity] = 0.02,
        [Cue.Tilt] = 1.5, [Cue.OpenQuotient] = 0.03, [Cue.Breath] = 2, [Cue.Jitter] = 0.15, [Cue.Shimmer] = 0.8, [Cue.Tremor] = 0.08,
        [Cue.Creak] = 0.09, [Cue.Jaw] = 0.025, [Cue.Smile] = 0.012, [Cue.Precision] = 0.1,
    };

    /// <summary>
    /// Standard deviations of the cues between the neutral speech of different speakers, in addition to pitch and vocal-tract length:
    /// neutral speech of one speaker may resemble sad speech of another.
    /// </summary>
    public static CueSet BetweenSpeakers { get; } = new()
    {
        [Cue.Range] = 0.15, [Cue.PeakDelay] = 0.2, [Cue.FinalPitch] = 0.7, [Cue.Slope] = 0.4, [Cue.Level] = 2, [Cue.Stress] = 0.8,
        [Cue.Tempo] = 0.07, [Cue.Pause] = 0.03, [Cue.Lengthening] = 0.05, [Cue.Irregularity] = 0.02, [Cue.Tilt] = 2,
        [Cue.OpenQuotient] = 0.04, [Cue.Breath] = 2, [Cue.Jitter] = 0.15, [Cue.Shimmer] = 0.8, [Cue.Tremor] = 0.04, [Cue.Creak] = 0.08,
        [Cue.Jaw] = 0.03, [Cue.Precision] = 0.1,
    };

    /// <summary>The profile of an emotion of <see cref="Emotions"/>, by its index there.</summary>
    public static CueSet Get(int emotion) => profiles[emotion];
}
