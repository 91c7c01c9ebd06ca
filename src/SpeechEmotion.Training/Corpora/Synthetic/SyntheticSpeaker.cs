using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A synthetic speaker: the properties that are common to all its utterances.</summary>
internal sealed class SyntheticSpeaker
{
    private static readonly CueSet average = new()
    {
        [Cue.FinalPitch] = -2, [Cue.Slope] = -1.2, [Cue.Level] = -29, [Cue.Stress] = 3, [Cue.Pause] = 0.06, [Cue.Irregularity] = 0.06,
        [Cue.Tilt] = 7, [Cue.OpenQuotient] = 0.58, [Cue.Breath] = -30, [Cue.Jitter] = 0.5, [Cue.Shimmer] = 3, [Cue.Tremor] = 0.05,
    };

    private readonly double[] expressiveness;

    private SyntheticSpeaker(string name, double pitch, double formantScale, CueSet neutral, double[] expressiveness)
    {
        Name = name;
        Pitch = pitch;
        FormantScale = formantScale;
        Neutral = neutral;
        this.expressiveness = expressiveness;
    }

    /// <summary>Name of the speaker: S01, S02, …</summary>
    public string Name { get; }

    /// <summary>Mean pitch of neutral speech, Hz.</summary>
    public double Pitch { get; }

    /// <summary>Factor of the formants relative to a vocal tract of 17.5 cm.</summary>
    public double FormantScale { get; }

    /// <summary>Cues of neutral speech, in absolute values.</summary>
    public CueSet Neutral { get; }

    /// <summary>Factor on the profile of an emotion, about 1; it differs between emotions, as with actors.</summary>
    public double Expressiveness(int emotion) => expressiveness[emotion];

    /// <summary>Creates a random speaker from the corpus's seed and its index, independent of all other speakers.</summary>
    public static SyntheticSpeaker Create(int seed, int index)
    {
        string name = $"S{index + 1:00}";
        var random = Seeds.Random(seed, $"voice/{name}");
        // Men, women and children in equal numbers, so that all three remain in training when a few speakers are held out. Ranges of
        // pitch (Hz) and vocal-tract length (cm) of men, women and children of about twelve years (Hillenbrand et al. 1995; Fitch &
        // Giedd 1999).
        (double low, double high, double shortest, double longest) = (index % 3) switch
        {
            0 => (95.0, 140.0, 16.2, 18.2),
            1 => (165.0, 220.0, 13.8, 15.6),
            _ => (205.0, 260.0, 12.8, 14.0),
        };
        double pitch = low * Math.Pow(high / low, random.NextDouble());
        double formantScale = 17.5 / random.Uniform(shortest, longest);
        CueSet neutral = new CueSet().Add(average, 1).Scatter(EmotionProfile.BetweenSpeakers, 1, random);
        var expressiveness = new double[EmotionProfile.Emotions.Count];
        double general = random.Uniform(0.9, 1.15);
        for (int emotion = 0; emotion < expressiveness.Length; emotion++)
            expressiveness[emotion] = general * random.Uniform(0.8, 1.2);
        return new SyntheticSpeaker(name, pitch, formantScale, neutral, expressiveness);
    }

    /// <summary>
    /// The cues of one utterance: those of neutral speech, changed by the emotion with a random strength, plus random variation.
    /// </summary>
    public CueSet Express(int emotion, SeededRandom random)
    {
        double strength = Expressiveness(emotion) * random.Uniform(0.75, 1.25);
        return new CueSet().Add(Neutral, 1).Add(EmotionProfile.Get(emotion), strength).Scatter(EmotionProfile.WithinSpeaker, 1, random);
    }
}
