namespace SpeechEmotion.Evaluation;

/// <summary>An utterance with its true and its predicted label.</summary>
/// <param name="Path">File, relative to the corpus folder.</param>
/// <param name="Speaker">Name of the speaker; empty when the corpus does not name it.</param>
/// <param name="Truth">Label of the corpus.</param>
/// <param name="Predicted">Label with the highest probability.</param>
/// <param name="Probabilities">One probability per label, in the model's label order.</param>
public sealed record ScoredUtterance(string Path, string Speaker, string Truth, string Predicted, IReadOnlyList<float> Probabilities)
{
    /// <summary>Probability of the predicted label.</summary>
    public float Confidence => Probabilities.Count == 0 ? 0 : Probabilities.Max();

    /// <summary>Whether the predicted label is the true one.</summary>
    public bool IsCorrect => Truth == Predicted;

    /// <summary>Predicts the label with the highest probability, of equal ones the first.</summary>
    /// <exception cref="ArgumentException">There is not one finite probability per label.</exception>
    public static ScoredUtterance Create(
        string path, string speaker, string truth, IReadOnlyList<string> labels, IReadOnlyList<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count != labels.Count || labels.Count == 0)
            throw new ArgumentException($"{path}: {probabilities.Count} probabilities for {labels.Count} labels", nameof(probabilities));
        int best = 0;
        for (int i = 0; i < probabilities.Count; i++)
        {
            if (!float.IsFinite(probabilities[i]))
                throw new ArgumentException($"{path}: the probability of {labels[i]} is {probabilities[i]}", nameof(probabilities));
            if (probabilities[i] > probabilities[best])
                best = i;
        }
        return new ScoredUtterance(path, speaker, truth, labels[best], probabilities);
    }
}
