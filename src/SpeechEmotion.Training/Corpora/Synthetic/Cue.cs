namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// The dimensions of voice quality and prosody that differ between speakers and emotions: the acoustic cues that Scherer (2003) and
/// Juslin &amp; Laukka (2003) review. Each has its unit in its summary.
/// </summary>
internal enum Cue
{
    /// <summary>Mean pitch, semitones.</summary>
    Pitch,
    /// <summary>Size of pitch accents, natural logarithm of a factor.</summary>
    Range,
    /// <summary>Position of the peak of an accent: −1 near the start of the vowel (abrupt fall), 1 near its end (rising glide).</summary>
    PeakDelay,
    /// <summary>Change of pitch over the last syllable, semitones.</summary>
    FinalPitch,
    /// <summary>Slope of pitch over the utterance, semitones per second.</summary>
    Slope,
    /// <summary>Level of the speech, dB.</summary>
    Level,
    /// <summary>Level of stressed relative to unstressed vowels, dB.</summary>
    Stress,
    /// <summary>Syllable rate, natural logarithm of a factor.</summary>
    Tempo,
    /// <summary>Pause before the word, seconds.</summary>
    Pause,
    /// <summary>Additional lengthening of stressed vowels, natural logarithm of a factor.</summary>
    Lengthening,
    /// <summary>Standard deviation of the durations of single sounds, natural logarithm.</summary>
    Irregularity,
    /// <summary>Attenuation of the glottal source at 3 kHz, dB: high for soft and lax phonation.</summary>
    Tilt,
    /// <summary>Open share of the glottal cycle: 0.4 for pressed, 0.8 for breathy phonation.</summary>
    OpenQuotient,
    /// <summary>Level of breath noise, dB.</summary>
    Breath,
    /// <summary>Random variation of the period from cycle to cycle, per cent.</summary>
    Jitter,
    /// <summary>Random variation of the amplitude from cycle to cycle, per cent.</summary>
    Shimmer,
    /// <summary>Tremor of pitch, semitones; the level varies with it.</summary>
    Tremor,
    /// <summary>Creak, 0 to 1: every other glottal pulse is weaker and later ("grumbled" tone).</summary>
    Creak,
    /// <summary>First formant, natural logarithm of a factor; an open jaw raises it.</summary>
    Jaw,
    /// <summary>All formants, natural logarithm of a factor; spread lips shorten the vocal tract.</summary>
    Smile,
    /// <summary>Precision of articulation; below 0, vowels move towards the neutral vowel.</summary>
    Precision,
}
