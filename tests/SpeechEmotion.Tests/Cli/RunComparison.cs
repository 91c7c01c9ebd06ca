using System.Text.Json;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The differences between two finished run folders, wall time apart.</summary>
internal static class RunComparison
{
    private static readonly string[] Checkpoints = ["best.safetensors", "last.safetensors"];

    /// <summary>One line for each difference, in the bits of a tensor, a text, the history, the split, a prediction or a metric.</summary>
    public static List<string> Differences(string a, string b)
    {
        List<string> found = [];
        foreach (string name in Checkpoints)
            Compare(name, Checkpoint.Load(Path.Combine(a, name)), Checkpoint.Load(Path.Combine(b, name)), found);
        if (!WithoutSeconds(a).SequenceEqual(WithoutSeconds(b)))
            found.Add("history.csv");
        foreach (string name in new[] { "split.csv", "predictions.csv", "config.json", "model-card.md" })
            if (!File.ReadAllBytes(Path.Combine(a, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(b, name))))
                found.Add(name);
        if (Metrics(a) != Metrics(b))
            found.Add("report.json");
        return found;
    }

    private static void Compare(string file, Checkpoint a, Checkpoint b, List<string> found)
    {
        Compare($"{file} weights", a.Weights, b.Weights, found);
        Compare($"{file} state", a.Extra, b.Extra, found);
        if (!a.Normaliser.Mean.SequenceEqual(b.Normaliser.Mean)
            || !a.Normaliser.StandardDeviation.SequenceEqual(b.Normaliser.StandardDeviation))
            found.Add($"{file} normaliser");
        if (Facts(a) != Facts(b))
            found.Add($"{file} facts");
        if (!a.Metadata.Keys.Order().SequenceEqual(b.Metadata.Keys.Order()))
            found.Add($"{file} texts");
        else
            found.AddRange(a.Metadata.Keys.Where(key => Text(a, key) != Text(b, key)).Select(key => $"{file} text {key}"));
    }

    private static void Compare(
        string what, IReadOnlyDictionary<string, StoredTensor> a, IReadOnlyDictionary<string, StoredTensor> b, List<string> found)
    {
        found.AddRange(a.Keys.Except(b.Keys).Concat(b.Keys.Except(a.Keys)).Select(name => $"{what}: {name} is in one of them alone"));
        foreach ((string name, StoredTensor tensor) in a)
            if (b.TryGetValue(name, out StoredTensor? other)
                && (tensor.ShapeText != other.ShapeText || !tensor.Data.AsSpan().SequenceEqual(other.Data)))
                found.Add($"{what}: {name}");
    }

    // The history stands in a text with the seconds of each epoch.
    private static string Text(Checkpoint checkpoint, string key) => key == "training.history"
        ? string.Join('\n', JsonSerializer.Deserialize<HistoryRow[]>(checkpoint.Metadata[key])!.Select(row => row with { Seconds = 0 }))
        : checkpoint.Metadata[key];

    private static string Facts(Checkpoint checkpoint) => JsonSerializer.Serialize(checkpoint.Provenance);

    private static IEnumerable<string> WithoutSeconds(string folder) =>
        File.ReadLines(Path.Combine(folder, "history.csv")).Select(line => line[..line.LastIndexOf(',')]);

    private static string Metrics(string folder)
    {
        EvaluationReport report = EvaluationReport.Load(Path.Combine(folder, "report.json"));
        return JsonSerializer.Serialize(report with { Seconds = new Dictionary<string, double>(), Features = null, Environment = null });
    }
}
