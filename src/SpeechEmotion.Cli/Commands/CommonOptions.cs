using System.CommandLine;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary>Options shared by several verbs.</summary>
internal sealed class CommonOptions
{
    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Number of CPU threads in all; no result depends on it",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public Option<string> Device { get; } = new Option<string>("--device")
    {
        Description = "Device that runs the network",
        HelpName = "auto|cpu|cuda|mps",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "cpu", "cuda", "mps");

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder of the corpus, or a manifest's CSV file; default: Corpus.Folder of the config, or data/KIND",
        HelpName = "DIR",
    };

    public Option<string?> Out { get; } = new("--out") { Description = "Folder for the results", HelpName = "DIR" };

    public Option<bool> NoCache { get; } = new("--no-cache")
    {
        Description = "Extract all features again: the cache on disk is neither read nor written",
    };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Change one setting, for example --set Training.Epochs=20; repeatable",
        HelpName = "Path.To.Key=value",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Argument<string?> Config() => new("CONFIG")
    {
        Description = "JSON file of settings; default: the built-in config, on the synthetic corpus",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Argument<string[]> Inputs() => new("INPUT")
    {
        Description = "Files, folders, or patterns such as 'calls/*.wav'",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string?> Model(string description = "Checkpoint file, run folder, or name of a shipped model") =>
        new("--model") { Description = description, HelpName = "MODEL" };

    public static Option<bool> Strict() => new("--strict") { Description = "Stop at the first file that cannot be read" };

    /// <summary><c>--seeds</c>: number of repetitions of a run or cross-validation, each with the next seed.</summary>
    public static Option<int> Seeds()
    {
        var seeds = new Option<int>("--seeds")
        {
            Description = "Repeat with N seeds, from Seed upwards: mean and standard deviation",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        seeds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int count) || count is < 1 or > 1000))
                result.AddError($"--seeds {result.Tokens[0].Value}: must be from 1 to 1000");
        });
        return seeds;
    }

    public CommonOptions() =>
        Threads.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int threads) || threads is < 1 or > 1024))
                result.AddError($"--threads {result.Tokens[0].Value}: must be from 1 to 1024");
        });

    public void AddRunTo(Command command)
    {
        command.Add(Threads);
        command.Add(Device);
    }

    /// <summary>The run options of a command line, without the run folder.</summary>
    public RunOptions RunOptions(ParseResult parsed, bool resume) => new()
    {
        Data = parsed.GetValue(Data),
        Resume = resume,
        Threads = parsed.GetValue(Threads),
        Device = parsed.GetValue(Device)!,
        UseCache = !parsed.GetValue(NoCache),
        Worker = RunWorkerCommand.CommandLine(),
        Command = CommandLine(parsed.Tokens.Select(token => token.Value)),
    };

    /// <summary>The command line with these arguments, as a shell takes it.</summary>
    public static string CommandLine(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted).Prepend("speech-emotion"));

    /// <summary>An argument as a shell needs it.</summary>
    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./\\:=,+@%".Contains(c))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The classifier of a model on the device named by <c>--device</c>, on one thread of libtorch.</summary>
    /// <exception cref="SettingsException">This build of libtorch has no such device.</exception>
    public EmotionClassifier LoadClassifier(ParseResult parsed, string path)
    {
        Checkpoint checkpoint = Checkpoint.Load(path);
        LibTorch.Load(CpuLevel.Native);
        // One clip at a time is faster on one thread than on several.
        TorchThreads.UseOne();
        return TorchClassifier.From(checkpoint, LibTorch.DeviceOf(parsed.GetValue(Device)!));
    }
}
