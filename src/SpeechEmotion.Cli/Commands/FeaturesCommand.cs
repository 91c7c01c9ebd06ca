using System.CommandLine;
using System.Runtime.ExceptionServices;
using Spectre.Console;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Corpora;
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
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Files, folders, or patterns such as 'calls/*.wav'",
            Arity = ArgumentArity.OneOrMore,
        };
        var config = new Option<string?>("--config")
        {
            Description = "JSON file with the Features settings; default: the built-in config",
            HelpName = "CONFIG",
        };
        var model = new Option<string?>("--model")
        {
            Description = "Take settings and normalisation from a checkpoint file, run folder, or shipped model",
            HelpName = "MODEL",
        };
        var to = new Option<string?>("--out")
        {
            Description = "F.png: waveform and features over time. " +
                "F.npy: NumPy array [features, frames], float32, normalised as network input. " +
                "F.csv: one row per file: mean, sd, min and max of each feature over time. " +
                "{name} in a .png or .npy is the input's file name",
            HelpName = "F.npy|F.png|F.csv",
        };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first file that cannot be read" };
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
            IReadOnlyList<string> files = InputFiles.Expand(parsed.GetRequiredValue(inputs));
            FeatureOutput output = FeatureOutput.To(parsed.GetValue(to), files, extractor, normaliser, console);
            int failed = Extract(
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

    /// <summary>Passes each file's features to the output; returns the number of unreadable files.</summary>
    private static int Extract(
        IReadOnlyList<string> files, FeatureExtractor extractor, FeatureOutput output, bool strict, int threads,
        IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        // Messages are kept by file, so their order does not depend on the threads.
        var messages = new List<string>[files.Count];
        int failed = 0, done = 0;
        ProgressBar.Run(console, "features", files.Count, progress =>
        {
            try
            {
                var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
                Parallel.For(0, files.Count, options, Extract);
            }
            catch (AggregateException faults)
            {
                ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
            }
            return done;

            void Extract(int i)
            {
                messages[i] = [];
                try
                {
                    output.Add(i, ExtractedClip.From(AudioFile.Read(files[i], new WarningLog(messages[i].Add), cancellation), extractor));
                }
                catch (Exception fault) when (!strict && fault is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    // An unreadable file does not stop the others.
                    messages[i].Add(fault.Message.ReplaceLineEndings(" "));
                    Interlocked.Increment(ref failed);
                }
                progress.Report(Interlocked.Increment(ref done));
            }
        });
        foreach (string line in messages.SelectMany(lines => lines))
            errors.WriteLine(line);
        return failed;
    }
}
