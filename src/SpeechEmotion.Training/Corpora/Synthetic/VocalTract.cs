namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// The vocal tract of one speaker: a cascade of formants with a nasal pole and zero for the glottal source, and in parallel a band-pass for
/// turbulence in the mouth (the cascade/parallel arrangement of Klatt 1980).
/// </summary>
internal sealed class VocalTract
{
    private const double NasalPole = 270;    // Hz, Klatt 1980, table III
    private const double MaxFormant = 7600;  // Hz; higher formants are too near to half the sample rate
    private readonly double scale;
    private readonly Resonator[] fixedFormants;
    private Resonator nasalPole, nasalZero, f1, f2, f3, mouth;

    /// <summary>Creates a vocal tract with formants at <paramref name="scale"/> times those of a tract of 17.5 cm.</summary>
    public VocalTract(double scale)
    {
        this.scale = scale;
        // From the fourth on, the formants are those of a uniform tube, 1 kHz apart at 17.5 cm; the bandwidth increases with frequency.
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

    /// <summary>Sets the shape of the tract.</summary>
    /// <param name="first">First formant in Hz, for a tract of 17.5 cm; the others likewise.</param>
    /// <param name="second">Second formant.</param>
    /// <param name="third">Third formant.</param>
    /// <param name="nasality">Opening of the nasal cavity, 0 to 1.</param>
    /// <param name="damping">Additional bandwidth of the first formant in Hz, caused by the open glottis.</param>
    public void Shape(double first, double second, double third, double nasality, double damping)
    {
        f1.Tune(first * scale, 60 + damping + (40 * nasality));
        f2.Tune(second * scale, 85 + (0.4 * damping) + (60 * nasality));
        f3.Tune(third * scale, 130 + (80 * nasality));
        nasalZero.Tune(NasalPole + (190 * nasality), 100);
    }

    /// <summary>Sets centre and bandwidth of the turbulence in the mouth, in Hz.</summary>
    public void Constrict(double centre, double width)
    {
        // The cavity in front of the constriction differs less between speakers than the whole tract.
        mouth.Tune(Math.Min(centre * Math.Sqrt(scale), 7000), width);
    }

    /// <summary>The next sample at the lips, from glottal source and turbulence.</summary>
    public double Next(double glottis, double turbulence)
    {
        double sound = nasalZero.Cancel(nasalPole.Resonate(glottis));
        sound = f3.Resonate(f2.Resonate(f1.Resonate(sound)));
        for (int i = 0; i < fixedFormants.Length; i++)
            sound = fixedFormants[i].Resonate(sound);
        return sound + mouth.Pass(turbulence);
    }
}
