using System.Globalization;
using CsvHelper;
using SkiaSharp;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reports;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Reports;

/// <summary>The pictures that README shows are what the program draws today from the runs stored beside them.</summary>
public class StoredPicturesTests
{
    /// <summary>Set to 1, the test writes the pictures instead of comparing them.</summary>
    private const string Update = "SPEECHEMOTION_UPDATE";

    public static IEnumerable<string> Runs =>
        Directory.EnumerateFiles(Path.Combine(SharedData.ProjectRoot()!, "checkpoints"), "report.json", SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!);

    [TestCaseSource(nameof(Runs))]
    public void Draw_StoredRun_GivesTheStoredPictures(string run)
    {
        using var folder = new TemporaryFolder();
        EvaluationReport report = EvaluationReport.Load(Path.Combine(run, "report.json"));
        HistoryRow[] rows = [.. History(Path.Combine(run, "history.csv"))];
        double? highest = rows.Max(row => row.ValidationUar);
        CurvesPlot.Save(folder["curves"], rows, rows.Last(row => row.ValidationUar == highest).Epoch, report.Name);
        ConfusionPlot.Save(folder["confusion"], report.Matrix, report.Name);
        foreach (string name in new[] { "curves.png", "confusion.png" })
        {
            string stored = Path.Combine(run, name);
            if (Environment.GetEnvironmentVariable(Update) == "1")
                File.Copy(folder[name], stored, overwrite: true);
            Assert.That(Difference(stored, folder[name]), Is.LessThan(0.5), $"{name} is out of date: run the test with {Update}=1");
        }
    }

    /// <summary>Mean difference of all pixels' channels, in steps of 256: rounding differs between processors, content does not.</summary>
    private static double Difference(string first, string second)
    {
        using SKBitmap a = SKBitmap.Decode(first), b = SKBitmap.Decode(second);
        Assert.That((b.Width, b.Height), Is.EqualTo((a.Width, a.Height)));
        byte[] left = a.Bytes, right = b.Bytes;
        return left.Zip(right, (x, y) => Math.Abs(x - y)).Average();
    }

    private static IEnumerable<HistoryRow> History(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using CsvReader csv = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',' }, leaveOpen: true);
        csv.ReadHeader();
        while (csv.Read())
        {
            double? Cell(int i) => csv.GetString(i) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
            yield return new HistoryRow
            {
                Epoch = (int)Cell(0)!, TrainLoss = Cell(1)!.Value, TrainAccuracy = Cell(2)!.Value, TrainUar = Cell(3)!.Value,
                ValidationLoss = Cell(4), ValidationAccuracy = Cell(5), ValidationUar = Cell(6), LearningRate = Cell(7)!.Value,
                    Seconds = Cell(8)!.Value,
            };
        }
    }
}
