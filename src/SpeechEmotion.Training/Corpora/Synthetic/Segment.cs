namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A stretch of an utterance in which the articulators aim at one target. Frequencies in Hz of a 17.5 cm tract.</summary>
/// <param name="F1">First formant target.</param>
/// <param name="F2">Second formant target.</param>
/// <param name="F3">Third formant target.</param>
/// <param name="Seconds">Duration.</param>
internal sealed record Segment(double F1, double F2, double F3, double Seconds)
{
    /// <summary>Amplitude of voicing, 0 to 1.</summary>
    public double Voicing { get; init; }

    /// <summary>Amplitude of turbulence at the glottis that is not the voice's own breathiness.</summary>
    public double Aspiration { get; init; }

    /// <summary>Amplitude of turbulence in the mouth.</summary>
    public double Frication { get; init; }

    /// <summary>Centre of that turbulence; 0: where it was.</summary>
    public double NoiseHz { get; init; }

    /// <summary>Bandwidth of that turbulence.</summary>
    public double NoiseWidth { get; init; }

    /// <summary>Opening of the nose, 0 or 1.</summary>
    public double Nasality { get; init; }

    /// <summary>Which syllable of the utterance, counted by vowels; in consonants, that of the vowel before, −1 before the first.</summary>
    public int Syllable { get; init; }

    /// <summary>A vowel, the carrier of pitch and stress.</summary>
    public bool Vowel { get; init; }

    /// <summary>In a stressed syllable.</summary>
    public bool Stressed { get; init; }

    /// <summary>Belongs to the word, not to the carrier.</summary>
    public bool InWord { get; init; }
}
