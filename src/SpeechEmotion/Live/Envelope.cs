namespace SpeechEmotion.Live;

/// <summary>Envelope of a waveform: the largest amplitude in each fiftieth of a second. Thread-safe for one writer.</summary>
public sealed class Envelope
{
    /// <summary>Peaks per second.</summary>
    public const int Rate = 50;

    private readonly Lock gate = new(); // a timeline may be saved while the stream continues
    private readonly List<float> peaks = [];
    private double pending; // samples since the last completed peak
    private float peak;

    /// <summary>Completed peaks, relative to full scale.</summary>
    public IReadOnlyList<float> Peaks
    {
        get
        {
            lock (gate)
                return [.. peaks];
        }
    }

    /// <summary>Adds the next samples.</summary>
    public void Add(ReadOnlySpan<float> samples, int sampleRate)
    {
        double step = (double)sampleRate / Rate;
        foreach (float sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
            if (++pending < step)
                continue;
            pending -= step;
            lock (gate)
                peaks.Add(peak);
            peak = 0;
        }
    }
}
