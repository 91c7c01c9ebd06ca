namespace SpeechEmotion.Inference;

/// <summary>The mean of windows' probabilities, each weighted by the window's length, so that a word counts less than a sentence.</summary>
internal sealed class PooledDecision(int emotions)
{
    private readonly double[] sums = new double[emotions];
    private double weight;

    /// <summary>Whether no window was added yet.</summary>
    public bool IsEmpty => weight == 0;

    /// <summary>Takes a window in.</summary>
    public void Add(WindowPrediction window)
    {
        double seconds = window.End - window.Start;
        for (int i = 0; i < sums.Length; i++)
            sums[i] += seconds * window.Probabilities[i];
        weight += seconds;
    }

    /// <summary>The mean; all 0 without any window.</summary>
    public float[] Probabilities() => [.. sums.Select(sum => weight == 0 ? 0 : (float)(sum / weight))];

    /// <summary>Index of the largest of some probabilities, the first of equal ones.</summary>
    public static int ArgMax(IReadOnlyList<float> probabilities)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Count; i++)
            if (probabilities[i] > probabilities[best])
                best = i;
        return best;
    }
}
