namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// One dimension in which a voice differs from the model's middle voice: the acoustic cues that Scherer (2003) and
/// Juslin &amp; Laukka (2003) collect. Each says its unit.
/// </summary>
internal enum Cue
{
    /// <summary>Mean pitch, semitones.</summary>
    Pitch,
    /// <summary>Size of pitch accents, natural logarithm of a factor.</summary>
    Range,
    /// <summary>Where an accent peaks: −1 at the vowel's start (abrupt fall), 1 at its end (glide up).</summary>
    PeakDelay,
    /// <summary>Movement of pitch over the last syllable, semitones.</summary>
    FinalPitch,
    /// <summary>Slope of pitch over the utterance, semitones a second.</summary>
    Slope,
    /// <summary>Level of the speech, dB.</summary>
    Level,
    /// <summary>Level of stressed over unstressed syllables, dB.</summary>
    Stress,
    /// <summary>Syllable rate, natural logarithm of a factor.</summary>
    Tempo,
    /// <summary>Pause before the word, seconds.</summary>
    Pause,
    /// <summary>Stressed vowels longer than others, natural logarithm of a factor.</summary>
    Lengthening,
    /// <summary>Deviation of single durations, natural logarithm.</summary>
    Irregularity,
    /// <summary>Attenuation of the source at 3 kHz, dB: soft and lax voices are steep.</summary>
    Tilt,
    /// <summary>Open part of the glottal cycle: pressed voices 0.4, breathy ones 0.8.</summary>
    OpenQuotient,
    /// <summary>Breath noise, dB.</summary>
    Breath,
    /// <summary>Deviation from one period to the next, per cent.</summary>
    Jitter,
    /// <summary>Deviation of the amplitude from one period to the next, per cent.</summary>
    Shimmer,
    /// <summary>Tremor of pitch, semitones; the level trembles with it.</summary>
    Tremor,
    /// <summary>Every other pulse weaker and late, 0 to 1: creak, the "grumbled" tone.</summary>
    Creak,
    /// <summary>First formant, natural logarithm of a factor: an open jaw raises it.</summary>
    Jaw,
    /// <summary>All formants, natural logarithm of a factor: spread lips shorten the tract.</summary>
    Smile,
    /// <summary>Reach of articulation: below 0 vowels move towards the neutral one.</summary>
    Precision,
}
