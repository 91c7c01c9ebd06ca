namespace SpeechEmotion.Live;

/// <summary>Quantiles of durations in constant memory, exact to 2 %: counts in bins whose width grows by 2 %.</summary>
internal sealed class LatencyHistogram
{
    private const double MinMilliseconds = 0.01;
    private const double Growth = 1.02;

    private readonly long[] counts = new long[1000]; // up to 4,000 s
    private long total;

    /// <summary>Counts a duration in milliseconds.</summary>
    public void Add(double milliseconds)
    {
        int bin = milliseconds <= MinMilliseconds ? 0 : (int)Math.Ceiling(Math.Log(milliseconds / MinMilliseconds) / Math.Log(Growth));
        counts[Math.Min(bin, counts.Length - 1)]++;
        total++;
    }

    /// <summary>Quantile in milliseconds of a share from 0 to 1; 0 without durations.</summary>
    public double Quantile(double share)
    {
        if (total == 0)
            return 0;
        long wanted = Math.Max(1, (long)Math.Ceiling(share * total)), seen = 0;
        int bin = 0;
        while ((seen += counts[bin]) < wanted)
            bin++;
        return MinMilliseconds * Math.Pow(Growth, bin);
    }
}
