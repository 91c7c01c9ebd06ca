namespace SpeechEmotion.Inference;

/// <summary>Mean of the probabilities of windows, weighted by their length in seconds.</summary>
internal sealed class PooledDecision(int emotions)
{
    private readonly double[] sums = new double[emotions];
    private double weight;

    /// <summary>Whether no window was added.</summary>
    public bool IsEmpty => weight == 0;

    /// <summary>Adds a window.</summary>
    public void Add(WindowPrediction window)
    {
        double seconds = window.End - window.Start;
        for (int i = 0; i < sums.Length; i++)
            sums[i] += seconds * window.Probabilities[i];
        weight += seconds;
    }

    /// <summary>The mean; all 0 without any window.</summary>
    public float[] Probabilities() => [.. sums.Select(sum => weight == 0 ? 0 : (float)(sum / weight))];

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
