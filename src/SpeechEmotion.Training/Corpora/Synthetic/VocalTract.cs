namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// The tract of one speaker: a cascade of formants with a nasal pole and zero for what the glottis makes, and a band-pass beside it
/// for turbulence in the mouth (the cascade/parallel arrangement of Klatt 1980).
/// </summary>
internal sealed class VocalTract
{
    private const double NasalPole = 270;       // Hz, Klatt 1980, table III
    private const double MaxFormant = 7600;        // Hz: a formant nearer to half the rate would fold
    private readonly double scale;
    private readonly Resonator[] fixedFormants;
    private Resonator nasalPole, nasalZero, f1, f2, f3, mouth;

    /// <summary>A tract whose formants are <paramref name="scale"/> times those of 17.5 cm.</summary>
    public VocalTract(double scale)
    {
        this.scale = scale;
        // From the fourth on the formants are those of an even tube, 1 kHz apart at 17.5 cm, and wider the higher.
        var formants = new List<Resonator>();
        for (double f = 3500; f * scale < MaxFormant; f += 1000)
        {
            var formant = new Resonator();
            formant.Tune(f * scale, (0.06 * f) + 20);
            formants.Add(formant);
        }
        fixedFormants = [.. formants];
        nasalPole.Tune(NasalPole, 100);
        Constrict(4000, 2000);
    }

    /// <summary>
    /// Moves the tract: formants in Hz of a 17.5 cm tract, opening of the nose 0 to 1, and the glottis's damping of the first
    /// formant in Hz.
    /// </summary>
    public void Shape(double first, double second, double third, double nasality, double damping)
    {
        f1.Tune(first * scale, 60 + damping + (40 * nasality));
        f2.Tune(second * scale, 85 + (0.4 * damping) + (60 * nasality));
        f3.Tune(third * scale, 130 + (80 * nasality));
        nasalZero.Tune(NasalPole + (190 * nasality), 100);
    }

    /// <summary>Puts the turbulence of the mouth at a place.</summary>
    public void Constrict(double centre, double width)
    {
        // The cavity before the constriction is short; it shrinks less than the tract.
        mouth.Tune(Math.Min(centre * Math.Sqrt(scale), 7000), width);
    }

    /// <summary>The next sample at the lips.</summary>
    public double Next(double glottis, double turbulence)
    {
        double sound = nasalZero.Cancel(nasalPole.Resonate(glottis));
        sound = f3.Resonate(f2.Resonate(f1.Resonate(sound)));
        for (int i = 0; i < fixedFormants.Length; i++)
            sound = fixedFormants[i].Resonate(sound);
        return sound + mouth.Pass(turbulence);
    }
}
