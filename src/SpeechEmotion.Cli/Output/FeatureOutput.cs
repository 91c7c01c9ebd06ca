using Spectre.Console;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Output;

/// <summary>Output of <c>features</c>. Files are added from several threads in any order.</summary>
internal abstract class FeatureOutput
{
    private const string Name = "{name}";

    /// <summary>Whether the extension is a supported output format.</summary>
    public static bool IsKnown(string path) => Path.GetExtension(path).ToLowerInvariant() is ".npy" or ".png" or ".csv";

    /// <summary>Creates the output for a path by its extension; without a path, the console.</summary>
    /// <exception cref="SettingsException">The path cannot take these files.</exception>
    public static FeatureOutput To(
        string? path, IReadOnlyList<string> files, FeatureExtractor extractor, FeatureNormaliser? normaliser, IAnsiConsole console)
    {
        switch (Path.GetExtension(path)?.ToLowerInvariant())
        {
            case null:
                return new FeatureScreen(console, files, extractor);
            case ".csv":
                return new FeatureTable(console, path!, files, extractor);
            case ".npy" when normaliser is null:
                throw new SettingsException("Features.Normalisation", [
                    $"{KebabCase.From(extractor.Settings.Normalisation)}: its statistics are a trained model's; " +
                    "give one with --model, or --set Features.Normalisation=none"]);
            case ".npy":
                return new OneFileEach(
                    console,
                    files,
                    Targets(path!, files),
                    (_, clip, stream) => NumpyFile.Write(stream, normaliser.Normalised(clip.Features)),
                    "float32 in C order, for numpy.load");
            default:
                return new OneFileEach(
                    console,
                    files,
                    Targets(path!, files),
                    (file, clip, stream) => stream.Write(FeaturesPlot.ToPng(Path.GetFileName(file), clip, extractor)),
                    "waveform and features over time");
        }
    }

    /// <summary>Adds the features of the file at this index.</summary>
    public abstract void Add(int index, ExtractedClip clip);

    /// <summary>Writes what needs all files and prints what was written.</summary>
    public abstract void Finish();

    /// <summary>One output path per file.</summary>
    private static string[] Targets(string path, IReadOnlyList<string> files)
    {
        if (!path.Contains(Name, StringComparison.Ordinal))
            return files.Count == 1 ? [path]
                : throw new SettingsException($"--out {path}", [
                    $"holds the features of one file, and there are {files.Count}: put {Name} where each one's name belongs, " +
                    $"as in {Path.Combine(Path.GetDirectoryName(path)!, Name + Path.GetExtension(path))}"]);
        string[] targets = [.. files.Select(file => path.Replace(Name, Path.GetFileNameWithoutExtension(file), StringComparison.Ordinal))];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, files.Count).GroupBy(i => targets[i]).Where(group => group.Count() > 1))
            throw new SettingsException($"--out {path}", [
                $"{files[same.First()]} and {files[same.Last()]} have the same name: give their folders one by one"]);
        return targets;
    }

    /// <summary>One output file per input file.</summary>
    private sealed class OneFileEach(
        IAnsiConsole console, IReadOnlyList<string> files, string[] targets, Action<string, ExtractedClip, Stream> write, string content)
        : FeatureOutput
    {
        private readonly string?[] written = new string?[files.Count];

        public override void Add(int index, ExtractedClip clip)
        {
            AtomicFile.Write(targets[index], stream => write(files[index], clip, stream));
            written[index] = $"{targets[index]}: {FeatureScreen.Shape(clip)}";
        }

        public override void Finish()
        {
            foreach (string line in written.OfType<string>())
                console.WriteLine(line);
            console.WriteLine($"written: {content}");
        }
    }
}
