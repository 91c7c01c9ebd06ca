using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// The derivative of the glottal flow: the cubic pulse of Klatt &amp; Klatt (1990, KLGLOTT88, after Rosenberg 1971), band-limited at the
/// closure, with a low-pass for spectral tilt and noise in the open phase.
/// </summary>
/// <param name="random">The generator of noise, jitter and shimmer.</param>
internal sealed class GlottalSource(SeededRandom random)
{
    private const int Rate = SyntheticCorpus.SampleRate;
    private double position;        // samples since the start of the pulse
    private double period = 1;      // samples
    private double open = 0.5;      // samples from the start to the closure
    private double amplitude;
    private bool odd;
    private double tiltPole;
    private double tilted;

    /// <summary>Pitch in Hz; read at the start of each pulse.</summary>
    public double Pitch { get; set; } = 100;

    /// <summary>Open share of a cycle, 0.3 to 0.9.</summary>
    public double OpenQuotient { get; set; } = 0.6;

    /// <summary>Relative standard deviation of the periods, 0.01 = 1 %.</summary>
    public double Jitter { get; set; }

    /// <summary>Relative standard deviation of the amplitudes, 0.01 = 1 %.</summary>
    public double Shimmer { get; set; }

    /// <summary>From 0 (equal pulses) to 1 (every other pulse is nearly absent).</summary>
    public double Creak { get; set; }

    /// <summary>Amplitude of the noise in the open phase.</summary>
    public double Breath { get; set; }

    /// <summary>Sets the attenuation at 3 kHz, in dB, of the one-pole low-pass after the pulse.</summary>
    public void SetTilt(double decibels)
    {
        // |H|² = (1 − p)² / (1 − 2p·cos ω + p²) = g, solved for p.
        double g = Math.Pow(10, -Math.Max(0.1, decibels) / 10);
        double half = 1 - (g * Math.Cos(2 * Math.PI * 3000 / Rate));
        tiltPole = (half - Math.Sqrt((half * half) - ((1 - g) * (1 - g)))) / (1 - g);
    }

    /// <summary>The next sample.</summary>
    /// <param name="voicing">Amplitude of pulses and breath noise, 0 to 1.</param>
    /// <param name="aspiration">Amplitude of additional noise.</param>
    public double Next(double voicing, double aspiration)
    {
        if (position >= period)
            BeginPulse();
        double x = position / open;
        double pulse = x < 1 ? (2 * x) - (3 * x * x) : 0;
        // The step of 1 at the closure, spread over two samples: polynomial band-limited step (Välimäki & Huovilainen 2007).
        double afterClosure = position - open;
        if (afterClosure is > -1 and < 0)
            pulse += 0.5 * (1 + afterClosure) * (1 + afterClosure);
        else if (afterClosure is >= 0 and < 1)
            pulse -= 0.5 * (1 - afterClosure) * (1 - afterClosure);
        tilted = ((1 - tiltPole) * pulse * amplitude) + (tiltPole * tilted);
        position++;

        double noise = random.Noise();
        double turbulence = voicing * Breath * (x < 1 ? 1 : 0.3) + aspiration;
        return (voicing * tilted) + (turbulence * noise);
    }

    private void BeginPulse()
    {
        position -= period;
        odd = !odd;
        double sign = odd ? 1 : -1;
        period = Math.Max(8, Rate / Pitch * (1 + (Jitter * random.Normal()) + (0.12 * Creak * sign)));
        open = Math.Max(3, OpenQuotient * period);
        amplitude = Math.Max(0.05, 1 + (Shimmer * random.Normal()) - (odd ? 0.8 * Creak : 0));
    }
}
