using System.CommandLine;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;
using Spectre.Console;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>evaluate</c>: the metrics of a stored model, on its own test part or on any corpus.</summary>
internal static class EvaluateCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var model = new Argument<string>("MODEL") { Description = "Checkpoint file, run folder, or name of a shipped model" };
        var split = new Option<string>("--split")
        {
            Description = "test: the test part listed in split.csv beside the model; all: every utterance",
            HelpName = "test|all",
            DefaultValueFactory = _ => "test",
        };
        split.AcceptOnlyFromAmong("test", "all");
        var robustness = new Option<bool>("--robustness")
        {
            Description = "Also classify the utterances under 29 recording conditions: levels, bandwidths, codecs, noise, rooms",
        };
        var command = new Verb("evaluate", "Evaluates a stored model: confusion matrix and metrics on its own test part or on any corpus.",
            "speech-emotion evaluate runs/tess",
            "speech-emotion evaluate runs/tess --data data/ravdess --set Corpus.Kind=ravdess --split all",
            "speech-emotion evaluate runs/tess --robustness")
        {
            model, common.Data, split, robustness, common.Out, common.NoCache, common.Set,
        };
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            string path = ModelLocator.Find(parsed.GetRequiredValue(model));
            RunSettings stored = Checkpoint.Load(path).Settings;
            CorpusSettings corpus = Override(stored, parsed.GetValue(common.Set) ?? []);
            string folder = parsed.GetValue(common.Out)
                ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "evaluation");
            RunOptions options = common.RunOptions(parsed, resume: false) with { Folder = folder };
            EvaluationReport report = RunView.Run(console, null, progress =>
                Evaluator.Run(
                    path, options, corpus, parsed.GetValue(split) == "all", parsed.GetValue(robustness), progress, cancellation));
            console.WriteLine(report.Protocol.Sentence);
            EvaluationTables.Write(console, report);
            if (report.Robustness is { } conditions)
                RobustnessTable.Write(console, conditions);
            string stages = EvaluationTables.Seconds(report.Seconds);
            string card = report.Robustness is not null && File.Exists(Path.Combine(folder, "model-card.md")) ? ", model-card.md" : "";
            console.WriteLine($"written to {folder}: report.json, confusion.png, predictions.csv{card}; {stages}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The checkpoint's corpus settings with overrides; its other settings are fixed.</summary>
    /// <exception cref="SettingsException">An override changes another setting.</exception>
    private static CorpusSettings Override(RunSettings stored, string[] overrides)
    {
        RunSettings settings = SettingsFile.Parse(SettingsFile.ToJson(stored), "--set", overrides);
        if (SettingsFile.ToJson(settings with { Corpus = stored.Corpus }) != SettingsFile.ToJson(stored))
            throw new SettingsException("--set", ["only Corpus settings can be changed here; the checkpoint fixes the others"]);
        return settings.Corpus;
    }
}
