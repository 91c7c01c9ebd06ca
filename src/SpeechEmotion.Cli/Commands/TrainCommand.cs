using System.CommandLine;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;
using Spectre.Console;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>train</c>: corpus → split → features → training → evaluation on the test part → run folder.</summary>
internal static class TrainCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        Argument<string?> config = CommonOptions.Config();
        var resume = new Option<bool>("--resume") { Description = "Continue an interrupted run in the same folder" };
        Option<int> seeds = CommonOptions.Seeds();
        var command = new Verb("train",
            "Trains a model and evaluates it on the test part: corpus, split, features, training, metrics, plots.",
            "speech-emotion train configs/tess.json --data data/tess --set Training.Epochs=8")
        {
            config, common.Data, common.Out, resume, seeds, common.NoCache, common.Set,
        };
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            RunSettings settings = ConfigFiles.Load(parsed.GetValue(config), parsed.GetValue(common.Set) ?? []);
            string folder = parsed.GetValue(common.Out) ?? Path.Combine("runs", settings.Name);
            RunOptions options = common.RunOptions(parsed, parsed.GetValue(resume)) with { Folder = folder };
            int count = parsed.GetValue(seeds);
            if (count > 1 || CrossValidation.IsRepetition(options.Folder))
            {
                EvaluationReport report = RunsView.Run(console, progress =>
                    CrossValidation.Repeat(settings, options, count, progress, cancellation));
                RunsTables.WriteResult(console, report, options.Folder);
                return ExitCode.Done;
            }
            TrainingResult result = RunView.Run(console, settings, progress => TrainingRun.Run(settings, options, progress, cancellation));
            Write(console, result);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, TrainingResult result)
    {
        string stages = EvaluationTables.Seconds(result.Seconds);
        if (result.Report is not { } report)
        {
            console.WriteLine($"epoch {result.BestEpoch} of {result.History.Count} was kept in {result.ModelPath}; {stages}");
            return;
        }
        EvaluationTables.Write(console, report);
        console.WriteLine($"epoch {result.BestEpoch} of {result.History.Count} was the best; {stages}");
        console.WriteLine($"written to {result.Folder}: report.json, curves.png, confusion.png, best.safetensors and more");
        console.WriteLine($"try: speech-emotion predict FILE --model {result.Folder}");
    }
}
