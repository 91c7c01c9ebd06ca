using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>A run on a few synthetic utterances, trained once by the verb <c>train</c> and only read by the tests.</summary>
internal static class TrainedRun
{
    private const string Config = """
        {
          "Name": "tiny", "Seed": 5,
          "Corpus": { "Kind": "synthetic", "Synthetic": { "Speakers": 4, "UtterancesPerEmotion": 2 } },
          "Split": { "By": "speaker", "Test": 0.25, "Validation": 0.25 },
          "Features": { "MelBands": 20, "Mfcc": 8, "Chroma": 0 },
          "Model": { "Kind": "conv", "Channels": [8] },
          "Training": { "Epochs": 2, "BatchSize": 8 }
        }
        """;

    private static readonly Lazy<(TemporaryFolder Folder, CommandLine Result)> Made = new(Train);

    /// <summary>The config file.</summary>
    public static string ConfigPath => In("tiny.json");

    /// <summary>The run folder.</summary>
    public static string Folder => In("run");

    /// <summary>The output of <c>train</c>.</summary>
    public static CommandLine Result => Made.Value.Result;

    /// <summary>A place for a test's own files, beside the run.</summary>
    public static string In(string name) => Made.Value.Folder[name];

    public static void Delete()
    {
        if (Made.IsValueCreated)
            Made.Value.Folder.Dispose();
    }

    private static (TemporaryFolder, CommandLine) Train()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder["tiny.json"], Config);
        return (folder, CommandLine.Run("train", folder["tiny.json"], "--out", folder["run"]).Expect(0));
    }
}
