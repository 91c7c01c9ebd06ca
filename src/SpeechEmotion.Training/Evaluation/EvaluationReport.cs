using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// The content of <c>report.json</c>: the metrics of one test, with the protocol and counts that are needed to interpret them.
/// </summary>
public sealed record EvaluationReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is read as JSON, never pasted into HTML
        Converters = { new CountMatrixConverter() },
    };

    /// <summary>Name of the run or model.</summary>
    public required string Name { get; init; }

    /// <summary>Share of utterances that were recognised.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>Unweighted average recall: mean recall of the classes that occur.</summary>
    public required Estimate Uar { get; init; }

    /// <summary>Mean F1 of the classes that occur or were predicted.</summary>
    public required Estimate MacroF1 { get; init; }

    /// <summary>Calibration of the confidences: expected calibration error, Brier score, best temperature, reliability diagram.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>The methods of the intervals.</summary>
    public IntervalMethods IntervalMethods { get; init; } = new();

    /// <summary>How training and test were kept apart.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>Number of utterances behind the metrics, and of those left out.</summary>
    public required UtteranceCounts Utterances { get; init; }

    /// <summary>The model's labels, in the order of <see cref="Confusion"/>.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Counts [labels, labels], rows = true labels, columns = predicted labels.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>
    /// Number of predictions of each label of the model that no test utterance has; empty if all labels occur. Such a prediction is an
    /// error: it lowers the recall of the true label and with it accuracy and UAR, of which the absent label is no part, and macro F1, of
    /// which it is a part with F1 = 0 once it was predicted.
    /// </summary>
    public IReadOnlyDictionary<string, int> PredictionsOfAbsentLabels { get; init; } = new Dictionary<string, int>();

    /// <summary>Precision, recall, F1 and support by label.</summary>
    public required IReadOnlyDictionary<string, ClassMetrics> PerClass { get; init; }

    /// <summary>Accuracy, unweighted average recall and support by speaker.</summary>
    public required IReadOnlyDictionary<string, SpeakerMetrics> PerSpeaker { get; init; }

    /// <summary>The misclassifications with the highest confidence, in descending order.</summary>
    public required IReadOnlyList<Misclassification> Misclassifications { get; init; }

    /// <summary>Trainable parameters of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Wall time in seconds by stage, in the order in which they ran.</summary>
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>Duration of the feature extraction; null where several runs are pooled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExtractionMetrics? Features { get; init; }

    /// <summary>The run's seed, which also seeds the bootstrap.</summary>
    public required int Seed { get; init; }

    /// <summary>Under which conditions training again gives the same weights, as a sentence; null where nothing was trained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reproducible { get; init; }

    /// <summary>Number of bootstrap resamples behind each bootstrap interval.</summary>
    public int BootstrapResamples { get; init; } = Bootstrap.Resamples;

    /// <summary>Version of the program that wrote the report.</summary>
    public string Version { get; init; } =
        typeof(EvaluationReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>What a guess would reach; null in a report of an older version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChanceLevel? Chance { get; init; }

    /// <summary>The corpus that was read; null where runs on different corpora are pooled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CorpusDigest? Corpus { get; init; }

    /// <summary>When, with what and by which command the figures were made; null in a report of an older version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunEnvironment? Environment { get; init; }

    /// <summary>The runs of a cross-validation or of several seeds whose predictions are pooled; null for a single run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PooledRuns? Runs { get; init; }

    /// <summary>
    /// The metrics with enrolled test speakers, by duration of enrolment; null for a model without speaker adaptation, or where the corpus
    /// names no speakers.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EnrolledMetrics>? Enrolled { get; init; }

    /// <summary>The metrics under each recording condition, without enrolment; null where robustness was not tested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RobustnessMetrics>? Robustness { get; init; }

    /// <summary><see cref="Confusion"/> as a matrix with labels.</summary>
    [JsonIgnore]
    public ConfusionMatrix Matrix => ConfusionMatrix.From(Labels, Confusion);

    /// <summary>Combines metrics with the data of the run.</summary>
    /// <param name="name">Name of the run or model.</param>
    /// <param name="metrics">The metrics on the test part.</param>
    /// <param name="protocol">How training and test were kept apart.</param>
    /// <param name="leftOut">Number of utterances left out, by the label that the model lacks.</param>
    /// <param name="parameters">Trainable parameters of the model.</param>
    /// <param name="seconds">Wall time in seconds by stage.</param>
    /// <param name="seed">The run's seed.</param>
    internal static EvaluationReport Create(
        string name, Metrics metrics, Protocol protocol, IReadOnlyDictionary<string, int> leftOut,
        long parameters, IReadOnlyDictionary<string, double> seconds, int seed)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(leftOut);
        ConfusionMatrix matrix = metrics.Confusion;
        return new EvaluationReport
        {
            Name = name,
            Accuracy = metrics.Accuracy,
            Uar = metrics.Uar,
            MacroF1 = metrics.MacroF1,
            Calibration = metrics.Calibration,
            Protocol = protocol,
            Utterances = new UtteranceCounts(matrix.Total, leftOut.Values.Sum(), leftOut),
            Labels = matrix.Labels,
            Confusion = [.. Enumerable.Range(0, matrix.Labels.Count).Select(matrix.Row)],
            Chance = ChanceLevel.Compute(matrix),
            PredictionsOfAbsentLabels = new OrderedDictionary<string, int>(Enumerable.Range(0, matrix.Labels.Count)
                .Where(label => matrix.Support(label) == 0)
                .Select(label => KeyValuePair.Create(matrix.Labels[label], matrix.Predicted(label)))),
            PerClass = metrics.PerClass,
            PerSpeaker = metrics.PerSpeaker,
            Misclassifications = metrics.Misclassifications,
            Parameters = parameters,
            Seconds = seconds,
            Seed = seed,
        };
    }

    /// <summary>The methods of the intervals of accuracy, UAR, macro F1 and Brier score, in sentences for console and model card.</summary>
    public string DescribeIntervals()
    {
        string overSpeakers = Accuracy.Ci95Speakers is null
            ? $"no interval over speakers, which needs {Jackknife.MinSpeakers} known ones"
            : $"over speakers, {IntervalMethods.Ci95Speakers}";
        string score = Accuracy.Wilson95 is { } wilson
            ? FormattableString.Invariant(
                $" {IntervalMethods.Wilson95} of the accuracy over utterances: {100 * wilson.Low:0.0} to {100 * wilson.High:0.0} %;")
                + " those of the recalls of the emotions are score intervals too."
            : "";
        return $"95 % intervals: {overSpeakers}; over utterances, {IntervalMethods.Ci95}.{score}";
    }

    /// <summary>How predictions of labels that no test utterance has are counted; empty if there are none.</summary>
    public string DescribeAbsentLabels()
    {
        KeyValuePair<string, int>[] absent = [.. PredictionsOfAbsentLabels.Where(pair => pair.Value > 0)];
        if (absent.Length == 0)
            return "";
        string[] each = [.. absent.Select(pair => $"{pair.Value} {(pair.Value == 1 ? "prediction" : "predictions")} of {pair.Key}")];
        return $"{string.Join(", ", each)}: no test utterance has {(absent.Length == 1 ? "this label" : "these labels")}."
            + " They count as errors of the true label.";
    }

    /// <summary>Writes <c>report.json</c>, whole or not at all.</summary>
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, this, Json);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>Reads a <c>report.json</c>.</summary>
    /// <exception cref="InvalidDataException">The file is not such a report.</exception>
    public static EvaluationReport Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize<EvaluationReport>(stream, Json) ?? throw new JsonException("the file holds null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: not a report of this program: {fault.Message}", fault);
        }
    }
}
