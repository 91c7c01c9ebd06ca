namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// A recording condition: it makes disturbed copies of utterances. Every copy is rounded and clipped as a WAVE file of 16 bits would hold
/// it. Thread-safe.
/// </summary>
internal sealed class Condition
{
    private readonly Func<IReadOnlyList<CleanUtterance>, CancellationToken, IReadOnlyList<float[]>> disturb;

    private Condition(string name, Func<IReadOnlyList<CleanUtterance>, CancellationToken, IReadOnlyList<float[]>> disturb) =>
        (Name, this.disturb) = (name, disturb);

    /// <summary>The name in tables and reports.</summary>
    public string Name { get; }

    /// <summary>Why the condition is not measured; null: it is.</summary>
    public string? Skipped { get; private init; }

    /// <summary>A condition that treats one utterance at a time. It does not change the samples that it is given.</summary>
    public static Condition Each(string name, Func<CleanUtterance, float[]> disturb) =>
        new(name, (utterances, _) => [.. utterances.Select(disturb)]);

    /// <summary>A condition that treats several utterances at once.</summary>
    public static Condition Batch(
        string name, Func<IReadOnlyList<CleanUtterance>, CancellationToken, IReadOnlyList<float[]>> disturb) => new(name, disturb);

    /// <summary>The condition if there is no reason against it, otherwise one that is not measured.</summary>
    public Condition Unless(string? reason) => new(Name, disturb) { Skipped = reason };

    /// <summary>The disturbed copies of utterances, in order.</summary>
    public IReadOnlyList<float[]> Apply(IReadOnlyList<CleanUtterance> utterances, CancellationToken cancellation) =>
        [.. disturb(utterances, cancellation).Select(Pcm16Rounding.Round)];
}
