using System.Globalization;
using Spectre.Console;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Output;

/// <summary>Prints one line per file; for a single file also the statistics of each feature kind.</summary>
internal sealed class FeatureScreen(IAnsiConsole console, IReadOnlyList<string> files, FeatureExtractor extractor) : FeatureOutput
{
    private readonly string?[] lines = new string?[files.Count];
    private ExtractedClip? only;

    /// <summary><c>2.05 s at 24,414 Hz, [116 features, 195 frames], from 0.10 to 2.04 s</c>.</summary>
    public static string Shape(ExtractedClip clip)
    {
        string frames = clip.Features.Frames == 1 ? "frame" : "frames";
        return string.Create(CultureInfo.InvariantCulture,
            $"{clip.Sound.Seconds:0.00} s at {clip.Sound.SampleRate:N0} Hz, ") + string.Create(CultureInfo.InvariantCulture,
            $"[{clip.Features.Features} features, {clip.Features.Frames} {frames}] from {clip.Start:0.00} to {clip.End:0.00} s");
    }

    public override void Add(int index, ExtractedClip clip)
    {
        lines[index] = $"{files[index]}: {Shape(clip)}";
        if (files.Count == 1)
            only = clip;
    }

    public override void Finish()
    {
        foreach (string line in lines.OfType<string>())
            console.WriteLine(line);
        if (only is not null)
            console.Write(Blocks(only.Features));
    }

    private Table Blocks(FeatureMatrix features)
    {
        Table table = EvaluationTables.New("Features before normalisation");
        table.AddColumns("rows", "feature");
        foreach (string number in FeatureStatistics.Names)
            table.AddColumn(new TableColumn(number).RightAligned());
        foreach (FeatureBlock block in extractor.Blocks)
        {
            FeatureStatistics statistics = FeatureStatistics.Compute(
                features.Values.AsSpan(block.First * features.Frames, block.Count * features.Frames));
            table.AddRow([
                block.Count == 1 ? $"{block.First}" : $"{block.First}–{block.First + block.Count - 1}",
                KebabCase.From(block.Kind) + (block.Kind == FeatureKind.Mel ? " (dB)" : ""),
                .. statistics.Values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture))]);
        }
        return table;
    }
}
