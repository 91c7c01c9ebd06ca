using System.Globalization;
using CsvHelper;
using Spectre.Console;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Output;

/// <summary>CSV, one row per file: file, seconds, frames, then mean, sd, min and max of each feature over time, not normalised.</summary>
internal sealed class FeatureTable(IAnsiConsole console, string path, IReadOnlyList<string> files, FeatureExtractor extractor)
    : FeatureOutput
{
    private readonly string[]?[] rows = new string[]?[files.Count];

    public override void Add(int index, ExtractedClip clip)
    {
        FeatureMatrix features = clip.Features;
        rows[index] =
        [
            files[index], Text(Math.Round(clip.Sound.Seconds, 4)), features.Frames.ToString(CultureInfo.InvariantCulture),
            .. Enumerable.Range(0, features.Features)
                .SelectMany(row => FeatureStatistics.Compute(features.Row(row)).Values.Select(value => Text((float)value))),
        ];
    }

    public override void Finish()
    {
        string[][] known = [.. rows.OfType<string[]>()];
        AtomicFile.Write(path, stream =>
        {
            using CsvWriter csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            IEnumerable<string> columns = extractor.Names.SelectMany(
                name => FeatureStatistics.Names.Select(statistic => $"{name}.{statistic}"));
            csv.WriteHeader(["file", "seconds", "frames", .. columns]);
            foreach (string[] row in known)
                csv.WriteRecord(row);
        });
        string count = $"{known.Length:N0} {(known.Length == 1 ? "file" : "files")}";
        string statistics = string.Join(", ", FeatureStatistics.Names);
        console.WriteLine($"{path}: {count}, {extractor.Count} features, {statistics} of each over time");
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
