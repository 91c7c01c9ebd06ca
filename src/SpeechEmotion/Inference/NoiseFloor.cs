namespace SpeechEmotion.Inference;

/// <summary>
/// The level of what is always there: the lowest of the last seconds (minimum statistics, R. Martin, "Noise power spectral
/// density estimation based on optimal smoothing and minimum statistics", 2001, of a single band). Speech pauses often enough
/// not to lift it.
/// </summary>
internal sealed class NoiseFloor
{
    private readonly double[] levels;
    private readonly double lowest;
    private int next;

    /// <param name="decisions">How many levels it remembers.</param>
    /// <param name="lowest">Lowest floor in decibels, and the one before the first level.</param>
    public NoiseFloor(int decisions, double lowest)
    {
        levels = new double[Math.Max(1, decisions)];
        levels.AsSpan().Fill(lowest);
        this.lowest = lowest;
        Level = lowest;
    }

    /// <summary>The floor in decibels.</summary>
    public double Level { get; private set; }

    /// <summary>Takes the next level in.</summary>
    public void Add(double level)
    {
        levels[next] = level;
        next = (next + 1) % levels.Length;
        double least = double.PositiveInfinity;
        foreach (double value in levels)
            least = Math.Min(least, value);
        Level = Math.Max(lowest, least);
    }
}
