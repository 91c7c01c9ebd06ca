namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>The course of one quantity over an utterance, one value per <see cref="Tick"/> samples.</summary>
internal static class Track
{
    /// <summary>Samples per value (2 ms).</summary>
    public const int Tick = 32;

    /// <summary>Values per second.</summary>
    public const double Rate = (double)SyntheticCorpus.SampleRate / Tick;

    /// <summary>A track with one value per segment.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="start">Start of the first segment in seconds.</param>
    /// <param name="ticks">Length of the track.</param>
    /// <param name="hold">Whether the track has the value of the first segment before it and that of the last after it, else 0.</param>
    /// <param name="value">The value of a segment.</param>
    public static double[] Steps(IReadOnlyList<Segment> segments, double start, int ticks, bool hold, Func<Segment, double> value)
    {
        var track = new double[ticks];
        int at = Math.Min(ticks, (int)(start * Rate));
        if (hold)
            track.AsSpan(0, at).Fill(value(segments[0]));
        double time = start;
        foreach (Segment segment in segments)
        {
            time += segment.Seconds;
            int end = Math.Min(ticks, (int)(time * Rate));
            track.AsSpan(at, end - at).Fill(value(segment));
            at = end;
        }
        if (hold)
            track.AsSpan(at).Fill(value(segments[^1]));
        return track;
    }

    /// <summary>Smooths a track in place by two moving means, which equals a triangular window of the given length without delay.</summary>
    public static double[] Smooth(double[] track, double seconds)
    {
        int half = Math.Max(0, (int)Math.Round(seconds * Rate / 4));
        var once = Mean(track, half);
        Mean(once, half).CopyTo(track, 0);
        return track;
    }

    /// <summary>
    /// Adds a peak of <paramref name="height"/> that rises from <paramref name="start"/> to <paramref name="peak"/> and falls until
    /// <paramref name="end"/> (seconds), each with the shape of half a cosine period.
    /// </summary>
    public static void AddHump(double[] track, double start, double peak, double end, double height)
    {
        int last = Math.Min(track.Length - 1, (int)(end * Rate));
        for (int i = Math.Max(0, (int)Math.Ceiling(start * Rate)); i <= last; i++)
        {
            double time = i / Rate;
            double phase = time < peak ? (time - start) / (peak - start) : (end - time) / (end - peak);
            track[i] += height * 0.5 * (1 - Math.Cos(Math.PI * Math.Clamp(phase, 0, 1)));
        }
    }

    /// <summary>
    /// Adds a ramp with the shape of half a cosine period from 0 at <paramref name="start"/> to <paramref name="height"/> at
    /// <paramref name="end"/> (seconds); it stays at this height.
    /// </summary>
    public static void AddRamp(double[] track, double start, double end, double height)
    {
        for (int i = Math.Max(0, (int)Math.Ceiling(start * Rate)); i < track.Length; i++)
            track[i] += height * 0.5 * (1 - Math.Cos(Math.PI * Math.Clamp(((i / Rate) - start) / (end - start), 0, 1)));
    }

    private static double[] Mean(double[] track, int half)
    {
        var result = new double[track.Length];
        double sum = 0;
        for (int i = -half; i <= half; i++)
            sum += track[Math.Clamp(i, 0, track.Length - 1)];
        for (int i = 0; i < track.Length; i++)
        {
            result[i] = sum / (2 * half + 1);
            sum += track[Math.Min(i + half + 1, track.Length - 1)] - track[Math.Max(i - half, 0)];
        }
        return result;
    }
}
