namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A second-order digital resonator or its inverse, with gain 1 at 0 Hz (Klatt 1980, eqs. 1–4).</summary>
internal struct Resonator
{
    private double a, b, c, last, beforeLast;

    /// <summary>Sets frequency and bandwidth in Hz; the filter state is kept.</summary>
    public void Tune(double frequency, double bandwidth)
    {
        double radius = Math.Exp(-Math.PI * bandwidth / SyntheticCorpus.SampleRate);
        c = -radius * radius;
        b = 2 * radius * Math.Cos(2 * Math.PI * frequency / SyntheticCorpus.SampleRate);
        a = 1 - b - c;
    }

    /// <summary>Filters one sample with the resonance.</summary>
    public double Resonate(double input)
    {
        double output = (a * input) + (b * last) + (c * beforeLast);
        beforeLast = last;
        last = output;
        return output;
    }

    /// <summary>Filters one sample with the inverse, an anti-resonance at the frequency.</summary>
    public double Cancel(double input)
    {
        double output = (input - (b * last) - (c * beforeLast)) / a;
        beforeLast = last;
        last = input;
        return output;
    }

    /// <summary>
    /// Filters one sample with a band-pass of gain 1 at the frequency: the resonance with zeros at 0 Hz and half the sample rate.
    /// </summary>
    public double Pass(double input)
    {
        double output = (b * last) + (c * beforeLast) + input;
        double passed = 0.5 * (1 + c) * (output - beforeLast);
        beforeLast = last;
        last = output;
        return passed;
    }
}
