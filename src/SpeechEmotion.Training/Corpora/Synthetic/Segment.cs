namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A section of an utterance with one articulatory target. Frequencies are in Hz, for a vocal tract of 17.5 cm.</summary>
/// <param name="F1">First formant target.</param>
/// <param name="F2">Second formant target.</param>
/// <param name="F3">Third formant target.</param>
/// <param name="Seconds">Duration in seconds.</param>
internal sealed record Segment(double F1, double F2, double F3, double Seconds)
{
    /// <summary>Amplitude of voicing, 0 to 1.</summary>
    public double Voicing { get; init; }

    /// <summary>Amplitude of turbulence at the glottis, in addition to the breath noise of voicing.</summary>
    public double Aspiration { get; init; }

    /// <summary>Amplitude of turbulence in the mouth.</summary>
    public double Frication { get; init; }

    /// <summary>Centre of the turbulence in the mouth in Hz; 0: as before.</summary>
    public double NoiseHz { get; init; }

    /// <summary>Bandwidth of the turbulence in the mouth in Hz.</summary>
    public double NoiseWidth { get; init; }

    /// <summary>Opening of the nasal cavity, 0 or 1.</summary>
    public double Nasality { get; init; }

    /// <summary>Index of the syllable, counted by vowels; for a consonant that of the preceding vowel, −1 before the first.</summary>
    public int Syllable { get; init; }

    /// <summary>Whether it is a vowel, which carries pitch accent and stress.</summary>
    public bool Vowel { get; init; }

    /// <summary>Whether it is in a stressed syllable.</summary>
    public bool Stressed { get; init; }

    /// <summary>Whether it belongs to the word and not to the carrier.</summary>
    public bool InWord { get; init; }
}
