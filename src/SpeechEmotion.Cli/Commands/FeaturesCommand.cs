using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>features</c>: the features of audio files, as a table, picture, array or statistics.</summary>
internal static class FeaturesCommand
{
    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        Argument<string[]> inputs = CommonOptions.Inputs();
        var config = new Option<string?>("--config")
        {
            Description = "JSON file with the Features settings; default: the built-in config",
            HelpName = "CONFIG",
        };
        Option<string?> model = CommonOptions.Model("Take settings and normalisation from a checkpoint file, run folder, or shipped model");
        var to = new Option<string?>("--out")
        {
            Description = "F.png: waveform and features over time. " +
                "F.npy: NumPy array [features, frames], float32, normalised as network input. " +
                "F.csv: one row per file: mean, sd, min and max of each feature over time. " +
                "{name} in a .png or .npy is the input's file name",
            HelpName = "F.npy|F.png|F.csv",
        };
        Option<bool> strict = CommonOptions.Strict();
        var command = new Verb("features", "Extracts the network's input features from audio files: as a picture, an array, or statistics.",
            "speech-emotion features clip.wav --out clip.png",
            "speech-emotion features recordings --config configs/tess.json --out 'arrays/{name}.npy'",
            "speech-emotion features recordings --set Features.Deltas=2 --out statistics.csv")
        {
            inputs, config, model, common.Set, to, strict, common.Threads,
        };
        command.Validators.Add(result =>
        {
            bool hasSettings = result.GetValue(config) is not null || result.GetValue(common.Set) is { Length: > 0 };
            if (result.GetValue(model) is not null && hasSettings)
                result.AddError("--model brings its own settings: leave out --config and --set");
            if (result.GetValue(to) is { } path && !FeatureOutput.IsKnown(path))
                result.AddError($"--out {path}: must end with .npy, .png or .csv");
        });
        command.SetAction(parsed =>
        {
            (FeatureExtractor extractor, FeatureNormaliser? normaliser) = parsed.GetValue(model) is { } name
                ? CreateExtractor(Checkpoint.Load(ModelLocator.Find(name)))
                : CreateExtractor(ConfigFiles.Load(parsed.GetValue(config), parsed.GetValue(common.Set) ?? []).Features);
            IReadOnlyList<string> files = InputFiles.Expand(parsed.GetRequiredValue(inputs), errors);
            FeatureOutput output = FeatureOutput.To(parsed.GetValue(to), files, extractor, normaliser, console);
            int failed = FeatureExtraction.Run(
                files, extractor, output, parsed.GetValue(strict), parsed.GetValue(common.Threads), console, errors, cancellation);
            if (failed == files.Count)
                return ExitCode.Failed;
            output.Finish();
            return ExitCode.Done;
        });
        return command;
    }

    private static (FeatureExtractor, FeatureNormaliser?) CreateExtractor(Checkpoint checkpoint) =>
        (new FeatureExtractor(checkpoint.Settings.Features), checkpoint.Normaliser);

    // Corpus and speaker statistics come from a trained model: without one there is no normaliser.
    private static (FeatureExtractor, FeatureNormaliser?) CreateExtractor(FeatureSettings settings)
    {
        bool needsNoStatistics = settings.Normalisation is Normalisation.None or Normalisation.Utterance;
        FeatureNormaliser? normaliser = needsNoStatistics ? new FeatureNormaliser(settings.Normalisation, [], []) : null;
        return (new FeatureExtractor(settings), normaliser);
    }
}
