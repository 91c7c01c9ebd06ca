using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// Derivative of the flow through the glottis: the cubic pulse of Klatt &amp; Klatt (1990, KLGLOTT88; Rosenberg 1971 gave its shape),
/// band-limited at the closure, low-passed for spectral tilt, with noise while the glottis is open.
/// </summary>
internal sealed class GlottalSource(SeededRandom random)
{
    private const int Rate = SyntheticCorpus.SampleRate;
    private double position;        // samples since the pulse began
    private double period = 1;      // samples
    private double open = 0.5;      // samples until closure
    private double amplitude;
    private bool odd;
    private double tiltPole;
    private double tilted;

    /// <summary>Pitch in Hz, read as each pulse begins.</summary>
    public double Pitch { get; set; } = 100;

    /// <summary>Open part of a cycle, 0.3 to 0.9.</summary>
    public double OpenQuotient { get; set; } = 0.6;

    /// <summary>Deviation of periods, 0.01 = 1 %.</summary>
    public double Jitter { get; set; }

    /// <summary>Deviation of pulses' amplitudes, 0.01 = 1 %.</summary>
    public double Shimmer { get; set; }

    /// <summary>0: even pulses; 1: every other one is lost.</summary>
    public double Creak { get; set; }

    /// <summary>Amplitude of noise in the open phase.</summary>
    public double Breath { get; set; }

    /// <summary>Sets the attenuation at 3 kHz, dB, of the one-pole low-pass behind the pulse.</summary>
    public void SetTilt(double decibels)
    {
        // |H|² = (1 − p)² / (1 − 2p·cos ω + p²) = g, solved for p.
        double g = Math.Pow(10, -Math.Max(0.1, decibels) / 10);
        double half = 1 - (g * Math.Cos(2 * Math.PI * 3000 / Rate));
        tiltPole = (half - Math.Sqrt((half * half) - ((1 - g) * (1 - g)))) / (1 - g);
    }

    /// <summary>The next sample: pulses times <paramref name="voicing"/>, plus noise of the given amplitude.</summary>
    public double Next(double voicing, double aspiration)
    {
        if (position >= period)
            Begin();
        double x = position / open;
        double pulse = x < 1 ? (2 * x) - (3 * x * x) : 0;
        // The jump by 1 at closure, spread over two samples: polynomial band-limited step (Välimäki & Huovilainen 2007).
        double late = position - open;
        if (late is > -1 and < 0)
            pulse += 0.5 * (1 + late) * (1 + late);
        else if (late is >= 0 and < 1)
            pulse -= 0.5 * (1 - late) * (1 - late);
        tilted = ((1 - tiltPole) * pulse * amplitude) + (tiltPole * tilted);
        position++;

        double noise = random.Noise();
        double turbulence = voicing * Breath * (x < 1 ? 1 : 0.3) + aspiration;
        return (voicing * tilted) + (turbulence * noise);
    }

    private void Begin()
    {
        position -= period;
        odd = !odd;
        double sway = odd ? 1 : -1;
        period = Math.Max(8, Rate / Pitch * (1 + (Jitter * random.Normal()) + (0.12 * Creak * sway)));
        open = Math.Max(3, OpenQuotient * period);
        amplitude = Math.Max(0.05, 1 + (Shimmer * random.Normal()) - (odd ? 0.8 * Creak : 0));
    }
}
