namespace SpeechEmotion.Inference;

/// <summary>Prediction of a model for a recording.</summary>
/// <param name="Seconds">Length of the recording.</param>
/// <param name="Emotion">Label with the highest pooled probability, or <see cref="NoSpeech"/>.</param>
/// <param name="Confidence">That probability; 0 without speech.</param>
/// <param name="Probabilities">
/// By label, in the model's order: mean over the windows, weighted by their length; they sum to 1, and are all 0 without speech.
/// </param>
/// <param name="Windows">The windows in time order: one for each utterance, several for a long one, none without speech.</param>
/// <param name="Embedding">Mean of the embeddings of the windows, weighted by their length; empty without speech.</param>
public sealed record Prediction(
    double Seconds,
    string Emotion,
    double Confidence,
    OrderedDictionary<string, float> Probabilities,
    IReadOnlyList<WindowPrediction> Windows,
    IReadOnlyList<float> Embedding)
{
    /// <summary>Takes the place of the emotion of a recording without speech: silence, noise or hum.</summary>
    public const string NoSpeech = "no-speech";
}

/// <summary>Prediction of a model for one window of a recording.</summary>
/// <param name="Start">Seconds from the start of the recording.</param>
/// <param name="End">Seconds from the start of the recording.</param>
/// <param name="Probabilities">By label, in the model's order; they sum to 1.</param>
/// <param name="Embedding">The vector before the last layer of the network, of each ensemble member in turn.</param>
public sealed record WindowPrediction(
    double Start, double End, OrderedDictionary<string, float> Probabilities, IReadOnlyList<float> Embedding);
