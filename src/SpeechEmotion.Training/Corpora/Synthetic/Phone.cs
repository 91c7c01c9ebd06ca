namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>The manner of articulation of a speech sound.</summary>
internal enum Manner
{
    /// <summary>Open vocal tract, voiced; the nucleus of a syllable.</summary>
    Vowel,
    /// <summary>Like a vowel, but shorter and weaker: w, j, r, l.</summary>
    Approximant,
    /// <summary>Closed mouth, open nose.</summary>
    Nasal,
    /// <summary>Closure, burst and, if voiceless, aspiration.</summary>
    Stop,
    /// <summary>Turbulence at a constriction in the mouth.</summary>
    Fricative,
    /// <summary>Turbulence at the glottis: h.</summary>
    Breath,
}

/// <summary>
/// One speech sound of a vocal tract of 17.5 cm, that of a man. Vowel formants are the men's means of Peterson &amp; Barney (1952, table
/// II); consonant targets and loci follow Klatt (1980, tables II and III), durations Klatt (1976).
/// </summary>
/// <param name="Manner">Manner of articulation.</param>
/// <param name="F1">First formant or locus, Hz.</param>
/// <param name="F2">Second formant or locus, Hz.</param>
/// <param name="F3">Third formant or locus, Hz.</param>
/// <param name="Milliseconds">Duration in an unstressed syllable at medium tempo.</param>
/// <param name="Voicing">Amplitude of voicing, 1 in vowels.</param>
/// <param name="NoiseLevel">Amplitude of the turbulence.</param>
/// <param name="NoiseHz">Centre of the turbulence, Hz.</param>
/// <param name="NoiseWidth">Bandwidth of the turbulence, Hz.</param>
/// <param name="Glide">Symbol of the final vowel of a diphthong, else 0.</param>
internal sealed record Phone(
    Manner Manner, double F1, double F2, double F3, double Milliseconds, double Voicing = 1,
    double NoiseLevel = 0, double NoiseHz = 0, double NoiseWidth = 0, char Glide = '\0')
{
    private static readonly Dictionary<char, Phone> phones = new()
    {
        ['i'] = new(Manner.Vowel, 270, 2290, 3010, 85),
        ['I'] = new(Manner.Vowel, 390, 1990, 2550, 70),
        ['E'] = new(Manner.Vowel, 530, 1840, 2480, 80),
        ['&'] = new(Manner.Vowel, 660, 1720, 2410, 100),
        ['A'] = new(Manner.Vowel, 730, 1090, 2440, 105),
        ['O'] = new(Manner.Vowel, 570, 840, 2410, 105),
        ['U'] = new(Manner.Vowel, 440, 1020, 2240, 75),
        ['u'] = new(Manner.Vowel, 300, 870, 2240, 90),
        ['V'] = new(Manner.Vowel, 640, 1190, 2390, 80),
        ['3'] = new(Manner.Vowel, 490, 1350, 1690, 95),
        ['@'] = new(Manner.Vowel, 500, 1450, 2500, 60), // the neutral vowel, nearly a uniform tube, slightly fronted
        ['e'] = new(Manner.Vowel, 500, 1880, 2500, 110, Glide: 'i'),
        ['o'] = new(Manner.Vowel, 520, 950, 2350, 110, Glide: 'u'),
        ['a'] = new(Manner.Vowel, 710, 1200, 2450, 130, Glide: 'I'),
        ['W'] = new(Manner.Vowel, 710, 1250, 2450, 130, Glide: 'U'),
        ['w'] = new(Manner.Approximant, 290, 610, 2150, 60, 0.6),
        ['j'] = new(Manner.Approximant, 260, 2070, 3020, 55, 0.6),
        ['r'] = new(Manner.Approximant, 310, 1060, 1380, 60, 0.6),
        ['l'] = new(Manner.Approximant, 330, 1050, 2880, 60, 0.6),
        ['m'] = new(Manner.Nasal, 300, 1000, 2200, 65, 0.55),
        ['n'] = new(Manner.Nasal, 300, 1500, 2500, 60, 0.55),
        ['N'] = new(Manner.Nasal, 300, 1950, 2500, 65, 0.5),
        ['p'] = new(Manner.Stop, 330, 900, 2150, 85, 0, 0.22, 900, 1200),
        ['t'] = new(Manner.Stop, 330, 1700, 2600, 75, 0, 0.28, 4500, 2500),
        ['k'] = new(Manner.Stop, 330, 1900, 2400, 80, 0, 0.28, 2000, 900),
        ['b'] = new(Manner.Stop, 220, 900, 2150, 75, 0.16, 0.12, 900, 1200),
        ['d'] = new(Manner.Stop, 220, 1700, 2600, 65, 0.16, 0.15, 4300, 2500),
        ['g'] = new(Manner.Stop, 220, 1900, 2400, 70, 0.16, 0.15, 2000, 900),
        ['f'] = new(Manner.Fricative, 340, 1100, 2080, 90, 0, 0.09, 5000, 6000),
        ['T'] = new(Manner.Fricative, 320, 1300, 2540, 85, 0, 0.06, 5500, 5000),
        ['s'] = new(Manner.Fricative, 320, 1500, 2530, 95, 0, 0.26, 5600, 2000),
        ['S'] = new(Manner.Fricative, 300, 1840, 2750, 95, 0, 0.28, 3100, 1200),
        ['v'] = new(Manner.Fricative, 280, 1100, 2080, 60, 0.4, 0.04, 5000, 6000),
        ['D'] = new(Manner.Fricative, 280, 1300, 2540, 45, 0.45, 0.03, 5500, 5000),
        ['z'] = new(Manner.Fricative, 280, 1500, 2530, 70, 0.35, 0.13, 5600, 2000),
        ['Z'] = new(Manner.Fricative, 280, 1840, 2750, 70, 0.35, 0.14, 3100, 1200),
        ['h'] = new(Manner.Breath, 0, 0, 0, 60, 0),
    };

    /// <summary>The sound of a symbol in <see cref="Lexicon"/>.</summary>
    public static Phone Find(char symbol) => phones[symbol];
}
