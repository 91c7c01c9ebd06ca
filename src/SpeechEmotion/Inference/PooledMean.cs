using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>Mean of vectors of windows, such as their probabilities, weighted by the length of the windows in seconds.</summary>
internal sealed class PooledMean(int width)
{
    private readonly double[] sums = new double[width];
    private double weight;

    /// <summary>Whether no window was added.</summary>
    public bool IsEmpty => weight == 0;

    /// <summary>Adds the vector of a window.</summary>
    public void Add(IReadOnlyList<float> values, double seconds)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += seconds * values[i];
        weight += seconds;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state)
    {
        state.Fill(sums);
        weight = state.Exchange(weight);
    }

    /// <summary>The mean; all 0 without any window.</summary>
    public float[] Mean() => [.. sums.Select(sum => weight == 0 ? 0 : (float)(sum / weight))];

    /// <summary>Index of the largest probability, the first of equal ones.</summary>
    public static int ArgMax(IReadOnlyList<float> probabilities)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Count; i++)
            if (probabilities[i] > probabilities[best])
                best = i;
        return best;
    }
}
