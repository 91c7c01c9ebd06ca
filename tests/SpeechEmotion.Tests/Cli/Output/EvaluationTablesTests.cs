using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console.Testing;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Output;

public class EvaluationTablesTests
{
    [TestCase(60, false)]
    [TestCase(80, true)]
    [TestCase(120, true)]
    public void Write_AnyWidth_KeepsARowAClass(int width, bool shares)
    {
        string[] lines = Written(width);
        Assert.That(lines.Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(width));
        int at = Array.FindIndex(lines, line => line.Contains("True (rows)"));
        string[] rows = [.. lines.Skip(at).SkipWhile(line => !line.StartsWith('─')).Skip(1).TakeWhile(line => line.Trim().Length > 0)];
        EvaluationReport report = EvaluationReport.Load(Path.Combine(TrainedRun.Folder, "report.json"));
        Assert.That(rows.Select(row => row.Trim().Split(' ')[0]), Is.EqualTo(report.Labels));
        Assert.That(rows.Any(row => row.Contains('%')), Is.EqualTo(shares));
    }

    /// <summary>Console, model card and report.json of one test: the same numbers and the same names of methods.</summary>
    [TestCase(6, true)]
    [TestCase(2, false)]
    public void Write_OneTest_AgreesWithModelCardAndReport(int speakers, bool overSpeakers)
    {
        EvaluationReport report = Example(speakers);
        using var folder = new TemporaryFolder();
        report.Save(folder["report.json"]);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(folder["report.json"]));
        string screen = Flat(Written(140, report)), card = Flat(new ModelCard
        {
            Name = "x",
            Model = "conv",
            Input = "16 kHz",
            Corpora = new OrderedDictionary<string, CorpusKind> { ["mine"] = CorpusKind.Folders },
            TrainingUtterances = 100,
            ValidationUtterances = 0,
            Report = report,
        }.Markdown().Split('\n'));

        JsonElement root = json.RootElement;
        foreach ((string key, string onScreen, string onCard) in new[]
            { ("accuracy", "accuracy", "accuracy"), ("uar", "UAR", "unweighted average recall"), ("macroF1", "macro F1", "macro F1") })
        {
            CheckRow($"{onScreen} ", screen, root.GetProperty(key), 100, 1);
            CheckRow($"| {onCard} |", card, root.GetProperty(key), 100, 1);
        }
        JsonElement[] states = [root.GetProperty("calibration"), .. root.GetProperty("enrolled").EnumerateArray()
            .Select(enrolled => enrolled.GetProperty("calibration"))];
        foreach ((JsonElement state, string name) in states.Zip(["none", "30 s"]))
        {
            CheckRow($"{name} ", screen[screen.IndexOf("Brier", StringComparison.Ordinal)..], state.GetProperty("brier"), 1, 3);
            CheckRow($"| {name} |", card[card.IndexOf("Brier", StringComparison.Ordinal)..], state.GetProperty("brier"), 1, 3);
            double[] errors = [state.GetProperty("ece").GetDouble(), state.GetProperty("eceIfCalibrated").GetDouble(),
                state.GetProperty("eceDebiased").GetProperty("value").GetDouble()];
            foreach ((string text, string row) in new[]
                { (screen[screen.IndexOf("by chance", StringComparison.Ordinal)..], $"{name} "), (card[card.IndexOf("by chance",
                    StringComparison.Ordinal)..], $"| {name} |") })
            {
                double[] numbers = Numbers(text, row);
                Assert.That(numbers[..3], Is.EqualTo(errors.Select(error => 100 * error)).Within(0.051), row);
                Assert.That(numbers[3..5], Is.EqualTo(Pair(state.GetProperty("eceDebiased").GetProperty("ci95"), 100)).Within(0.051));
                Assert.That(numbers[5], Is.EqualTo(state.GetProperty("temperature").GetDouble()).Within(0.0051));
            }
        }
        CheckRow("30 s ", screen, root.GetProperty("enrolled")[0].GetProperty("uar"), 100, 1);
        CheckRow("| 30 s |", card.Replace($"| 30 s | {card.Split("| 30 s | ")[1].Split('|')[0].Trim()} |", "| 30 s |",
            StringComparison.Ordinal), root.GetProperty("enrolled")[0].GetProperty("uar"), 100, 1);

        JsonElement methods = root.GetProperty("intervalMethods");
        string[] names = [.. methods.EnumerateObject().Where(method => overSpeakers || method.Name != "ci95Speakers")
            .Select(method => method.Value.GetString()!)];
        Assert.That(names, Has.Length.EqualTo(overSpeakers ? 5 : 4));
        // The console breaks long lines.
        foreach (string text in new[] { screen.Replace('\n', ' '), card })
        {
            Assert.That(names, Is.All.Matches<string>(method => text.Contains(method!, StringComparison.Ordinal)));
            Assert.That(text, overSpeakers ? Does.Contain("over speakers") : Does.Contain("no interval over speakers"));
            double[] wilson = Numbers(text, "Score interval (Wilson 1927) of the accuracy over utterances:");
            Assert.That(wilson[..2], Is.EqualTo(Pair(root.GetProperty("accuracy").GetProperty("wilson95"), 100)).Within(0.051));
            Assert.That(text, Does.Contain("4 predictions of boredom: no test utterance has this label."));
        }
        Assert.That(root.GetProperty("predictionsOfAbsentLabels").GetProperty("boredom").GetInt32(), Is.EqualTo(4));

        // The value, then the interval over speakers where there is one, then that over utterances.
        void CheckRow(string row, string text, JsonElement estimate, double scale, int digits)
        {
            double[] expected = [scale * estimate.GetProperty("value").GetDouble(),
                .. overSpeakers ? Pair(estimate.GetProperty("ci95Speakers"), scale) : [], .. Pair(estimate.GetProperty("ci95"), scale)];
            Assert.That(Numbers(text, row)[..expected.Length], Is.EqualTo(expected).Within(0.51 * Math.Pow(10, -digits)), row);
        }

        static double[] Pair(JsonElement interval, double scale) => [.. interval.EnumerateArray().Select(end => scale * end.GetDouble())];
    }

    /// <summary>The numbers after the first occurrence of a text, up to the end of its line.</summary>
    private static double[] Numbers(string text, string after)
    {
        int start = text.IndexOf("\n" + after, StringComparison.Ordinal);
        start = start < 0 ? text.IndexOf(after, StringComparison.Ordinal) : start + 1;
        Assert.That(start, Is.Not.Negative, after);
        string line = text[(start + after.Length)..].Split('\n')[0];
        return [.. Regex.Matches(line, @"\d+(\.\d+)?").Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
    }

    private static string Flat(string[] lines) => string.Join('\n', lines.Select(line => line.Trim()));

    /// <summary>A test with and without enrolment of a model that knows boredom, which the corpus lacks.</summary>
    private static EvaluationReport Example(int speakers)
    {
        string[] labels = ["anger", "boredom", "sadness"];
        ScoredUtterance[] plain = Predictions(4), enrolled = Predictions(6);
        return EvaluationReport.Create("x", Metrics.Compute(labels, plain, seed: 1), Protocol.FromSplit(SplitBy.Speaker, ["t"], ["s"]),
            new Dictionary<string, int>(), 10, new Dictionary<string, double>(), 1) with
        {
            Enrolled = [EnrolledMetrics.Compute(30, labels, enrolled, seed: 1)],
        };

        ScoredUtterance[] Predictions(int wrong) => [.. Enumerable.Range(0, 120).Select(i =>
        {
            string truth = i % 2 == 0 ? "anger" : "sadness", other = i % 2 == 0 ? "sadness" : "anger";
            string predicted = i % 30 == 1 ? "boredom" : (i + (i / 20)) % (10 - wrong + (i % speakers)) == 0 ? other : truth;
            float confidence = 0.45f + (0.005f * (i % 100));
            return new ScoredUtterance($"{i}.wav", $"speaker {i % speakers}", truth, predicted, new(labels.Select(label =>
                KeyValuePair.Create(label, label == predicted ? confidence : (1 - confidence) / 2))));
        })];
    }

    private static string[] Written(int width) =>
        Written(width, EvaluationReport.Load(Path.Combine(TrainedRun.Folder, "report.json")));

    private static string[] Written(int width, EvaluationReport report)
    {
        using var console = new TestConsole().Width(width);
        EvaluationTables.Write(console, report);
        return console.Output.Split('\n');
    }
}
