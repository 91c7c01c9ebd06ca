namespace SpeechEmotion.Live;

/// <summary>The outline of a stream's waveform: its largest amplitude in each fiftieth of a second.</summary>
public sealed class Envelope
{
    /// <summary>Peaks a second.</summary>
    public const int Rate = 50;

    private readonly Lock gate = new(); // a timeline may be saved while sound still comes
    private readonly List<float> peaks = [];
    private double left;
    private float peak;

    /// <summary>The peaks so far, the unfinished one left out.</summary>
    public IReadOnlyList<float> Peaks
    {
        get
        {
            lock (gate)
                return [.. peaks];
        }
    }

    /// <summary>Takes the next samples in.</summary>
    public void Add(ReadOnlySpan<float> samples, int sampleRate)
    {
        double step = (double)sampleRate / Rate;
        foreach (float sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
            if (++left < step)
                continue;
            left -= step;
            lock (gate)
                peaks.Add(peak);
            peak = 0;
        }
    }
}
