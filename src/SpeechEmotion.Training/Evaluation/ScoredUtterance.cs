namespace SpeechEmotion.Evaluation;

/// <summary>An utterance with its true and its predicted label.</summary>
/// <param name="Path">File, relative to the corpus folder.</param>
/// <param name="Speaker">Name of the speaker; empty when the corpus does not name it.</param>
/// <param name="Truth">Label of the corpus.</param>
/// <param name="Predicted">Label with the highest probability.</param>
/// <param name="Probabilities">By label, in the model's order.</param>
public sealed record ScoredUtterance(
    string Path, string Speaker, string Truth, string Predicted, OrderedDictionary<string, float> Probabilities)
{
    /// <summary>Probability of the predicted label.</summary>
    public float Confidence => Probabilities.Count == 0 ? 0 : Probabilities.Values.Max();

    /// <summary>Whether the predicted label is the true one.</summary>
    public bool IsCorrect => Truth == Predicted;

    /// <summary>Predicts the label with the highest probability, of equal ones the first.</summary>
    /// <exception cref="ArgumentException">There is no probability, or one that is not finite.</exception>
    public static ScoredUtterance Create(string path, string speaker, string truth, OrderedDictionary<string, float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Count == 0)
            throw new ArgumentException($"{path}: no probabilities", nameof(probabilities));
        (string best, float max) = probabilities.GetAt(0);
        foreach ((string label, float probability) in probabilities)
        {
            if (!float.IsFinite(probability))
                throw new ArgumentException($"{path}: the probability of {label} is {probability}", nameof(probabilities));
            if (probability > max)
                (best, max) = (label, probability);
        }
        return new ScoredUtterance(path, speaker, truth, best, probabilities);
    }
}
