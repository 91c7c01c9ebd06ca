namespace SpeechEmotion.Inference;

/// <summary>What a model says of a recording.</summary>
/// <param name="Seconds">Length of the recording.</param>
/// <param name="Emotion">Label with the highest pooled probability.</param>
/// <param name="Confidence">That probability.</param>
/// <param name="Probabilities">Pooled over the windows by their mean, in the model's label order; they sum to 1.</param>
/// <param name="Windows">The windows in time order, at least one.</param>
public sealed record Prediction(
    double Seconds,
    string Emotion,
    double Confidence,
    IReadOnlyList<float> Probabilities,
    IReadOnlyList<WindowPrediction> Windows);

/// <summary>What a model says of one window of a recording.</summary>
/// <param name="Start">Seconds from the start of the recording.</param>
/// <param name="End">Seconds from the start of the recording.</param>
/// <param name="Probabilities">In the model's label order; they sum to 1.</param>
public sealed record WindowPrediction(double Start, double End, IReadOnlyList<float> Probabilities);
