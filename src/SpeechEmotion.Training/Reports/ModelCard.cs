using System.Globalization;
using System.Text;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>The content of <c>model-card.md</c>, the description of a trained model (after Mitchell et al. 2019).</summary>
internal sealed record ModelCard
{
    private const int MaxConfusions = 3;

    /// <summary>Name of the run or model.</summary>
    public required string Name { get; init; }

    /// <summary>The network in one line: kind, widths, pooling.</summary>
    public required string Model { get; init; }

    /// <summary>The input in one line: features, frames, sample rate, normalisation.</summary>
    public required string Input { get; init; }

    /// <summary>Names and kinds of the training corpora.</summary>
    public required OrderedDictionary<string, CorpusKind> Corpora { get; init; }

    /// <summary>Number of training utterances.</summary>
    public required int TrainingUtterances { get; init; }

    /// <summary>Number of validation utterances, which select the best epoch; 0 without a validation part.</summary>
    public required int ValidationUtterances { get; init; }

    /// <summary>Number of training speakers; null when the corpus does not name them.</summary>
    public int? TrainingSpeakers { get; init; }

    /// <summary>The metrics on the test part.</summary>
    public required EvaluationReport Report { get; init; }

    /// <summary>Writes the card, whole or not at all.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, Markdown());

    /// <summary>The card as Markdown.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        Section(text, $"# {Name}",
            $"The model classifies an utterance of speech as one of {Report.Labels.Count} emotions: {string.Join(", ", Report.Labels)}.");
        Section(text, "## Model", [
            $"- network: {Model}; {Count(Report.Parameters)} parameters",
            $"- input: {Input}",
            "- output: one probability per emotion, in the order above",
            $"- trained with: SpeechEmotion {Report.Version}, seed {Report.Seed}{Software()}",
            .. Report.Reproducible is { } sentence ? (string[])[$"- reproducibility: {sentence}"] : []]);
        Section(text, "## Training data", [
            $"The training part has {Count(TrainingUtterances)} utterances{Speakers()}; {Validation()}.",
            "",
            .. Corpora.Select(corpus => $"- {corpus.Key}: {CorpusTerms.GetTerms(corpus.Value)}"),
            .. CorpusHash()]);
        Section(text, "## Results", [
            Report.Protocol.Sentence, "", .. MetricsTable(), "", .. EnrolledTable(), .. CalibrationTables(), .. LeftOut(),
            .. ClassTable(), "", .. Confusions()]);
        Section(text, "## Limits", [.. Limits()]);
        Section(text, "## Use",
            "```", $"speech-emotion predict clip.wav --model {Quoted}", $"speech-emotion live --mic --model {Quoted}",
            $"speech-emotion evaluate {Quoted} --data DIR", "```");
        return text.ToString().TrimEnd() + "\n";
    }

    private string Software() => Report.Environment is { } environment
        ? $", {environment.Runtime}, TorchSharp {environment.TorchSharp}, libtorch {environment.Libtorch}, {environment.Os},"
            + $" {environment.Processor}"
        : "";

    private IEnumerable<string> CorpusHash() => Report.Corpus is { } corpus
        ? ["", $"SHA-256 of the corpus, all parts together ({Count(corpus.Utterances)} utterances): {corpus.Sha256}"]
        : [];

    private string Quoted => Name.Contains(' ') ? $"\"{Name}\"" : Name;

    private string Speakers() => TrainingSpeakers switch
    {
        null => "",
        1 => " of 1 speaker",
        int count => $" of {count} speakers",
    };

    private string Validation() => ValidationUtterances == 0
        ? "there is no validation part"
        : $"the best epoch was selected on {Count(ValidationUtterances)} validation utterances";

    private IEnumerable<string> MetricsTable()
    {
        foreach (string line in Table(
            [$"on {Count(Report.Utterances.Counted)} utterances", "value", .. IntervalHeads],
            [.. new[] { ("accuracy", Report.Accuracy), ("unweighted average recall", Report.Uar), ("macro F1", Report.MacroF1) }
                .Select(metric => (string[])[metric.Item1, Percent(metric.Item2.Value), .. Intervals(metric.Item2)])]))
            yield return line;
        yield return "";
        if (Report.Chance is { } chance)
            yield return $"Chance, by one label for every utterance: UAR {Percent(chance.Uar)}, accuracy {Percent(chance.Accuracy)}.";
        yield return Report.DescribeIntervals();
        if (Report.DescribeAbsentLabels() is { Length: > 0 } absent)
            yield return absent;
    }

    private IEnumerable<string> EnrolledTable()
    {
        if (Report.Enrolled is not { } enrolled)
            return [];
        return [
            "With the speaker enrolled by other utterances, without labels:",
            "",
            .. Table(["enrolment", "accuracy", "unweighted average recall", .. IntervalHeads], [.. enrolled.Select(metrics => (string[])[
                $"{metrics.Seconds} s", Percent(metrics.Accuracy.Value), Percent(metrics.Uar.Value), .. Intervals(metrics.Uar)])]),
            ""];
    }

    private IEnumerable<string> CalibrationTables()
    {
        (string Name, Calibration Calibration)[] states = [
            ("none", Report.Calibration),
            .. (Report.Enrolled ?? []).Select(enrolled => ($"{enrolled.Seconds} s", enrolled.Calibration))];
        return [
            "Calibration of the confidences: the expected calibration error (ECE, 15 bins of equal width), its mean for a perfectly"
                + " calibrated model with the same confidences, which is chance, and the error without that part, with its 95 % interval"
                + $" over utterances ({Report.IntervalMethods.EceDebiased}). The best temperature comes on top of that of the model.",
            "",
            .. Table(["enrolment", "ECE", "by chance", "debiased ECE", "interval", "best temperature"], [.. states.Select(state =>
                (string[])[state.Name, Percent(state.Calibration.Ece), Percent(state.Calibration.EceIfCalibrated),
                    Percent(state.Calibration.EceDebiased.Value), Range(state.Calibration.EceDebiased.Ci95),
                    Number(state.Calibration.Temperature, "0.00")])]),
            "",
            .. Table(["enrolment", "Brier score (0 to 2)", .. IntervalHeads], [.. states.Select(state => (string[])[
                state.Name, Number(state.Calibration.Brier.Value, "0.000"), .. Intervals(state.Calibration.Brier, Scores)])]),
            ""];

        static string Scores(Interval interval) => $"{Number(interval.Low, "0.000")} to {Number(interval.High, "0.000")}";
    }

    private string[] IntervalHeads => HasSpeakers ? ["over speakers", "over utterances"] : ["over utterances"];

    private bool HasSpeakers => Report.Accuracy.Ci95Speakers is not null;

    private string[] Intervals(Estimate estimate, Func<Interval, string>? format = null)
    {
        format ??= Range;
        string utterances = format(estimate.Ci95);
        return HasSpeakers ? [estimate.Ci95Speakers is { } speakers ? format(speakers) : "", utterances] : [utterances];
    }

    private static IEnumerable<string> Table(string[] heads, string[][] rows) => [
        $"| {string.Join(" | ", heads)} |",
        $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", heads.Length - 1))}",
        .. rows.Select(row => $"| {string.Join(" | ", row)} |")];

    private IEnumerable<string> LeftOut()
    {
        if (Report.Utterances.LeftOut == 0)
            yield break;
        yield return $"{Count(Report.Utterances.LeftOut)} more utterances were left out, because the model lacks their label: "
            + string.Join(", ", Report.Utterances.LeftOutByLabel.Select(pair => $"{pair.Key} {pair.Value}")) + ".";
        yield return "";
    }

    /// <summary>The recall of an emotion without utterances is not defined.</summary>
    private IEnumerable<string> ClassTable() => Table(["emotion", "precision", "recall", "95 % interval", "F1", "utterances"], [
        .. Report.PerClass.Select(pair => (string[])[
            pair.Key.Replace("|", "\\|", StringComparison.Ordinal), Percent(pair.Value.Precision),
            pair.Value.Support == 0 ? "–" : Percent(pair.Value.Recall),
            pair.Value.RecallWilson95 is { } interval ? Range(interval) : "–", Percent(pair.Value.F1), $"{pair.Value.Support}"])]);

    private IEnumerable<string> Confusions()
    {
        ConfusionMatrix matrix = Report.Matrix;
        int n = matrix.Labels.Count;
        string[] worst = [.. Enumerable.Range(0, n * n)
            .Select(cell => (Truth: cell / n, Predicted: cell % n))
            .Where(cell => cell.Truth != cell.Predicted && matrix[cell.Truth, cell.Predicted] > 0)
            .OrderByDescending(cell => matrix.RowShare(cell.Truth, cell.Predicted))
            .Take(MaxConfusions)
            .Select(cell => $"{matrix.Labels[cell.Truth]} as {matrix.Labels[cell.Predicted]}"
                + $" ({Percent(matrix.RowShare(cell.Truth, cell.Predicted)!.Value)})")];
        yield return worst.Length == 0
            ? "No test utterance was misclassified."
            : $"The most frequent misclassifications are {string.Join(", ", worst)}.";
    }

    private IEnumerable<string> Limits()
    {
        if (Corpora.Values.All(kind => kind == CorpusKind.Synthetic))
            yield return "- The model was trained on synthetic speech and is of no use on real speech.";
        else if (Corpora.Values.All(kind => kind is not (CorpusKind.Folders or CorpusKind.Manifest)))
            yield return "- The model was trained on acted speech in studio quality. Emotion in everyday speech is weaker and more mixed.";
        yield return "- Results can be far lower for other speakers, languages, ages, rooms and microphones than those of the test.";
        yield return "- The model analyses the sound of speech, not its words. It always names one of its emotions, even without any.";
        yield return "- Do not base decisions about people on the model. Inferring emotions at work or in education is prohibited in the"
            + " European Union (Regulation 2024/1689, article 5). Ask the speakers for their consent.";
        yield return "- It is not settled whether the terms of the recordings apply to a model that was trained on them;"
            + " to comply with them is the safe choice.";
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Percent(double share) => FigureStyle.Percent(share);

    private static string Range(Interval interval) => $"{Percent(interval.Low)} to {Percent(interval.High)}";

    private static void Section(StringBuilder text, string heading, params string[] lines)
    {
        text.Append(heading).Append("\n\n");
        foreach (string line in lines)
            text.Append(line).Append('\n');
        text.Append('\n');
    }
}
