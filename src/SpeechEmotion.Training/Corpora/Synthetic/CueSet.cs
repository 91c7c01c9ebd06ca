using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A value for each <see cref="Cue"/>, by default 0.</summary>
internal sealed class CueSet
{
    private static readonly int Count = Enum.GetValues<Cue>().Length;
    private readonly double[] values = new double[Count];

    /// <summary>The value of one cue, in its unit.</summary>
    public double this[Cue cue]
    {
        get => values[(int)cue];
        set => values[(int)cue] = value;
    }

    /// <summary>Adds another set, multiplied by <paramref name="scale"/>, in place.</summary>
    public CueSet Add(CueSet other, double scale)
    {
        for (int i = 0; i < Count; i++)
            values[i] += scale * other.values[i];
        return this;
    }

    /// <summary>Adds normally distributed noise to each cue, in place.</summary>
    /// <param name="standardDeviation">Standard deviation of each cue.</param>
    /// <param name="scale">Factor on all standard deviations.</param>
    /// <param name="random">The generator.</param>
    public CueSet Scatter(CueSet standardDeviation, double scale, SeededRandom random)
    {
        for (int i = 0; i < Count; i++)
            values[i] += scale * standardDeviation.values[i] * random.Normal();
        return this;
    }
}
