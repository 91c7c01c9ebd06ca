using System.CommandLine;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Cli.Commands;

/// <summary>Options that several verbs have, with the same name and meaning in each.</summary>
internal sealed class CommonOptions
{
    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Processor threads to use",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public Option<string> Device { get; } = new Option<string>("--device")
    {
        Description = "Where the network runs",
        HelpName = "auto|cpu|cuda|mps",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "cpu", "cuda", "mps");

    public Option<string?> Data { get; } = new("--data") { Description = "Folder of the corpus; default: Corpus.Folder of the config, or data/KIND", HelpName = "DIR" };

    public Option<string?> Out { get; } = new("--out") { Description = "Folder for the results", HelpName = "DIR" };

    public Option<bool> NoCache { get; } = new("--no-cache") { Description = "Extracts all features anew: neither reads nor fills the cache on disk" };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Changes one setting, for example --set Training.Epochs=20; can be given several times",
        HelpName = "Path.To.Key=value",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>How often a run, or a cross-validation, is done, each time with the next seed.</summary>
    public static Option<int> Seeds()
    {
        var seeds = new Option<int>("--seeds") { Description = "Do it with so many seeds, from Seed upwards: mean and deviation", HelpName = "N", DefaultValueFactory = _ => 1 };
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

    /// <summary>The options of a run, without its folder.</summary>
    public RunOptions RunOptions(ParseResult parsed, bool resume) => new()
    {
        Data = parsed.GetValue(Data),
        Resume = resume,
        Threads = parsed.GetValue(Threads),
        Device = DeviceOf(parsed),
        UseCache = !parsed.GetValue(NoCache),
        Worker = RunWorkerCommand.CommandLine(),
    };

    /// <summary>The device that --device names.</summary>
    public Device DeviceOf(ParseResult parsed) => DeviceOf(parsed.GetValue(Device)!);

    private static Device DeviceOf(string name)
    {
        bool cuda = cuda_is_available(), mps = mps_is_available();
        if ((name == "cuda" && !cuda) || (name == "mps" && !mps))
            throw new SettingsException("--device", [$"{name}: this build of libtorch finds no such device here; use auto or cpu"]);
        return name switch
        {
            "cuda" => CUDA,
            "mps" => MPS,
            "auto" when cuda => CUDA,
            "auto" when mps => MPS,
            _ => CPU,
        };
    }
}
