using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A value for each <see cref="Cue"/>, 0 unless given.</summary>
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

    /// <summary>Adds another set, scaled.</summary>
    public CueSet Add(CueSet other, double scale)
    {
        for (int i = 0; i < Count; i++)
            values[i] += scale * other.values[i];
        return this;
    }

    /// <summary>Adds a normal deviation to each cue; a set gives the deviations.</summary>
    public CueSet Scatter(CueSet standardDeviation, double scale, SeededRandom random)
    {
        for (int i = 0; i < Count; i++)
            values[i] += scale * standardDeviation.values[i] * random.Normal();
        return this;
    }
}
