using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>One synthetic speaker: what stays the same in everything this speaker says.</summary>
internal sealed class SyntheticSpeaker
{
    private static readonly CueSet middle = new()
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

    /// <summary>Speaker name: S01, S02, …</summary>
    public string Name { get; }

    /// <summary>Neutral pitch, Hz.</summary>
    public double Pitch { get; }

    /// <summary>Formants of this tract over those of a man's of 17.5 cm.</summary>
    public double FormantScale { get; }

    /// <summary>The neutral voice, in absolute values.</summary>
    public CueSet Neutral { get; }

    /// <summary>How much of a profile this speaker shows, about 1; it differs by emotion, as with actors.</summary>
    public double Expressiveness(int emotion) => expressiveness[emotion];

    /// <summary>Draws a speaker from the corpus's seed; other speakers and their number have no influence.</summary>
    public static SyntheticSpeaker Create(int seed, int index)
    {
        string name = $"S{index + 1:00}";
        var random = Seeds.Random(seed, $"voice/{name}");
        // As many of each, so that a few unseen speakers leave every kind among the others.
        // Pitch and tract length ranges of men, women and children of about twelve (Hillenbrand et al. 1995; Fitch & Giedd 1999).
        (double low, double high, double shortest, double longest) = (index % 3) switch
        {
            0 => (95.0, 140.0, 16.2, 18.2),
            1 => (165.0, 220.0, 13.8, 15.6),
            _ => (205.0, 260.0, 12.8, 14.0),
        };
        double pitch = low * Math.Pow(high / low, random.NextDouble());
        double formantScale = 17.5 / random.Uniform(shortest, longest);
        CueSet neutral = new CueSet().Add(middle, 1).Scatter(EmotionProfile.BetweenSpeakers, 1, random);
        var expressiveness = new double[EmotionProfile.Emotions.Count];
        double general = random.Uniform(0.9, 1.15);
        for (int emotion = 0; emotion < expressiveness.Length; emotion++)
            expressiveness[emotion] = general * random.Uniform(0.8, 1.2);
        return new SyntheticSpeaker(name, pitch, formantScale, neutral, expressiveness);
    }

    /// <summary>The voice of one utterance: this speaker's neutral, moved by the emotion at a strength of the moment.</summary>
    public CueSet Express(int emotion, SeededRandom random)
    {
        double strength = Expressiveness(emotion) * random.Uniform(0.75, 1.25);
        return new CueSet().Add(Neutral, 1).Add(EmotionProfile.Get(emotion), strength).Scatter(EmotionProfile.WithinSpeaker, 1, random);
    }
}
