using System.CommandLine;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;
using Spectre.Console;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>crossval</c>: corpus → folds → one training process per fold → one report over all utterances.</summary>
internal static class CrossvalCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        Argument<string?> config = CommonOptions.Config();
        var resume = new Option<bool>("--resume")
        {
            Description = "Continue an interrupted cross-validation in the same folder: finished folds are kept",
        };
        Option<int> seeds = CommonOptions.Seeds();
        var command = new Verb("crossval",
            "Cross-validation: each utterance is tested once, by a model trained on the other folds. Folds train in parallel processes.",
            "speech-emotion crossval configs/tess.json --data data/tess",
            "speech-emotion crossval configs/ravdess.json --data data/ravdess --set Split.Folds=0 --seeds 3")
        {
            config, common.Data, common.Out, resume, seeds, common.NoCache, common.Set,
        };
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            RunSettings settings = ConfigFiles.Load(parsed.GetValue(config), parsed.GetValue(common.Set) ?? []);
            string folder = parsed.GetValue(common.Out) ?? Path.Combine("runs", settings.Name + "-crossval");
            RunOptions options = common.RunOptions(parsed, parsed.GetValue(resume)) with { Folder = folder };
            EvaluationReport report = RunsView.Run(console, progress =>
                CrossValidation.Run(settings, options, parsed.GetValue(seeds), progress, cancellation));
            RunsTables.WriteResult(console, report, options.Folder);
            return ExitCode.Done;
        });
        return command;
    }
}
