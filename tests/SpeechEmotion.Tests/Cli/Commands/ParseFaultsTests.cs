using System.CommandLine.Parsing;
using Spectre.Console.Testing;
using SpeechEmotion.Cli;
using SpeechEmotion.Cli.Commands;

namespace SpeechEmotion.Tests.Cli.Commands;

public class ParseFaultsTests
{
    private static IEnumerable<string> Verbs()
    {
        using var console = new TestConsole();
        return [.. Program.Root(console, TextWriter.Null, CancellationToken.None).Subcommands.Where(verb => !verb.Hidden)
            .Select(verb => verb.Name)];
    }

    [TestCaseSource(nameof(Verbs))]
    public void Run_Help_EndsWithAnExampleThatParses(string verb)
    {
        string[] lines = CommandLine.Run(verb, "--help")
            .Expect(0).Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] examples = [.. lines.SkipWhile(line => !line.StartsWith("Example", StringComparison.Ordinal)).Skip(1)];
        Assert.That(examples, Is.Not.Empty);
        using var console = new TestConsole();
        foreach (string example in examples)
        {
            Assert.That(example, Does.StartWith($"speech-emotion {verb}"));
            Assert.That(ParseFaults.Describe(Program.Root(console, TextWriter.Null, CancellationToken.None)
                .Parse([.. CommandLineParser.SplitCommandLine(example.Replace('\'', '"')).Skip(1)])), Is.Empty, example);
        }
    }

    [TestCase("trian: no such verb; did you mean train?", "trian", "configs/tess.json")]
    [TestCase("Required command was not provided")]
    [TestCase("--ouy: no such option; did you mean --out?", "train", "tess", "--ouy", "x")]
    [TestCase("--bogus: no such option; known are", "train", "--bogus")]
    [TestCase("--jsn: no such option; did you mean --json?", "predict", "clip.wav", "--jsn")]
    [TestCase("more: one argument too many", "train", "tess", "more")]
    [TestCase("--threads 0: must be from 1 to 1024", "train", "--threads", "0")]
    [TestCase("--threads x: must be from 1 to 1024", "train", "--threads", "x")]
    [TestCase("Argument 'half' not recognized. Must be one of: 'test' 'all'", "evaluate", "runs/tess", "--split", "half")]
    [TestCase("--json and --csv cannot be given together", "predict", "clip.wav", "--json", "--csv")]
    public void Run_WrongCommandLine_ReportsTheFaultInOneLine(string fault, params string[] args)
    {
        Assert.That(CommandLine.Run(args).OnlyError(2), Does.StartWith($"speech-emotion: {fault}").And.EndWith("--help"));
    }

    [Test]
    public void Run_SeveralWrongSettings_NamesEachOnItsLine()
    {
        string path = TrainedRun.In("wrong.json");
        File.WriteAllText(path, """{ "Trainig": {}, "Training": { "Epochs": 0, "BatchSize": "x" }, "Features": { "HopLength": 0 } }""");
        CommandLine result = CommandLine.Run("train", path).Expect(2);
        Assert.That(result.Errors, Is.All.StartsWith(path));
        Assert.That(result.Errors, Is.EquivalentTo(new[]
        {
            $"{path}: Trainig: unknown setting; did you mean Training?",
            $"{path}: Training.BatchSize = x: must be a whole number",
            $"{path}: Training.Epochs = 0: must be from 1 to 100000",
            $"{path}: Features.HopLength = 0: must be at least 1 sample",
        }));
    }

    [Test]
    public void Run_ConfigNotThere_NamesItAndTheShippedOnes()
    {
        Assert.That(CommandLine.Run("train", "configs/no-such.json").OnlyError(2),
            Does.StartWith("configs/no-such.json: no such config").And.Contain("smoke"));
    }

    [Test]
    public void Run_Version_IsPrinted()
    {
        Assert.That(CommandLine.Run("--version").Expect(0).Output.Trim(), Does.Match(@"^\d+\.\d+\.\d+"));
    }
}
