using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

/// <summary>Scored utterances from label numbers, the form of scikit-learn's examples.</summary>
internal static class ScoredUtterances
{
    public static readonly string[] Abc = ["a", "b", "c"];

    /// <summary>One scored utterance per pair, with confidence 1.</summary>
    public static List<ScoredUtterance> From(string[] labels, int[] truth, int[] predicted, string speaker = "") =>
        [.. truth.Zip(predicted, (t, p) =>
            new ScoredUtterance($"{t}-{p}.wav", speaker, labels[t], labels[p], OneHot(labels, p, 1)))];

    /// <summary><paramref name="count"/> scored utterances with the same labels.</summary>
    public static IEnumerable<ScoredUtterance> Times(
        int count, string[] labels, int truth, int predicted, string speaker = "", float confidence = 1) =>
        Enumerable.Range(0, count).Select(i =>
            new ScoredUtterance($"{speaker}{truth}{predicted}{i}.wav", speaker, labels[truth], labels[predicted],
                OneHot(labels, predicted, confidence)));

    /// <summary>Probabilities of the labels a, b and c.</summary>
    public static OrderedDictionary<string, float> OfAbc(float a, float b, float c) => new() { ["a"] = a, ["b"] = b, ["c"] = c };

    private static OrderedDictionary<string, float> OneHot(string[] labels, int at, float value) =>
        new(labels.Select((label, i) => KeyValuePair.Create(label, i == at ? value : (1 - value) / Math.Max(1, labels.Length - 1))));
}
