using System.Text.Json;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>What a program that references a library restores with it, read from the lock file of its restore.</summary>
public class PackageTests
{
    // A restore of the core library must stay small: no libtorch, no drawing, no CSV library.
    private static readonly string[] Heavy = ["TorchSharp", "libtorch", "ScottPlot", "SkiaSharp", "HarfBuzzSharp", "CsvHelper", "MathNet"];

    // Analyses the source and is no part of the package (PrivateAssets).
    private const string Analyzer = "Microsoft.CodeAnalysis.BannedApiAnalyzers";

    private static Dictionary<string, string> Restored(string project)
    {
        string file = SourceTree.Require($"src/{project}/packages.lock.json");
        using var text = JsonDocument.Parse(File.ReadAllText(file));
        return text.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .DistinctBy(package => package.Name)
            .ToDictionary(package => package.Name, package => package.Value.GetProperty("type").GetString()!);
    }

    private static IEnumerable<string> Direct(string project) =>
        Restored(project).Where(package => package.Value == "Direct" && package.Key != Analyzer).Select(package => package.Key);

    [Test]
    public void Core_Restore_BringsNoLibtorchAndNoDrawing()
    {
        Assert.That(Direct("SpeechEmotion"), Is.EquivalentTo(new[]
        {
            "CliWrap", "Microsoft.Extensions.Configuration.Binder", "Microsoft.Extensions.Configuration.Json",
            "Microsoft.Extensions.Logging.Abstractions",
        }));
        Assert.That(Restored("SpeechEmotion").Keys.Where(IsHeavy), Is.Empty);
    }

    [Test]
    public void Training_Restore_BringsThemAsItsOwn()
    {
        Assert.That(
            Direct("SpeechEmotion.Training"), Is.EquivalentTo(new[] { "CsvHelper", "MathNet.Numerics", "ScottPlot", "TorchSharp" }));
        Assert.That(Restored("SpeechEmotion.Training").Keys.Where(IsHeavy), Is.Not.Empty,
            "the names that the core must not have are real ones");
    }

    private static bool IsHeavy(string package) => Heavy.Any(name => package.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
