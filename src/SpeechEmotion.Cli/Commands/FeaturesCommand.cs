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

/// <summary><c>features</c>: the features of audio files, to look at or to take away.</summary>
internal static class FeaturesCommand
{
    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var inputs = new Argument<string[]>("INPUT") { Description = "Files, folders, or patterns such as 'calls/*.wav'", Arity = ArgumentArity.OneOrMore };
        var config = new Option<string?>("--config") { Description = "JSON file whose Features say what is extracted; default: the built-in config", HelpName = "CONFIG" };
        var model = new Option<string?>("--model") { Description = "Takes settings and normalisation from a checkpoint file, run folder, or shipped model", HelpName = "MODEL" };
        var to = new Option<string?>("--out")
        {
            Description = "F.png: waveform and features over time. F.npy: NumPy array [features, frames], float32, normalised as the network gets it. "
                + "F.csv: a row a file, mean, sd, min and max of each feature over time. {name} in a .png or .npy stands for each file's own name",
            HelpName = "F.npy|F.png|F.csv",
        };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first file that cannot be read" };
        var command = new Verb("features", "Extracts the features of audio files as the network sees them: as a picture, an array, or statistics.",
            "speech-emotion features clip.wav --out clip.png",
            "speech-emotion features recordings --config configs/tess.json --out 'arrays/{name}.npy'",
            "speech-emotion features recordings --set Features.Deltas=2 --out statistics.csv")
        {
            inputs, config, model, common.Set, to, strict, common.Threads,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(model) is not null && (result.GetValue(config) is not null || result.GetValue(common.Set) is { Length: > 0 }))
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
            int failed = Extract(files, extractor, output, parsed.GetValue(strict), parsed.GetValue(common.Threads), console, errors, cancellation);
            if (failed == files.Count)
                return ExitCode.Failed;
            output.Finish();
            return ExitCode.Done;
        });
        return command;
    }

    private static (FeatureExtractor, FeatureNormaliser?) CreateExtractor(Checkpoint checkpoint) => (new FeatureExtractor(checkpoint.Settings.Features), checkpoint.Normaliser);

    // Statistics of a corpus or of voices are a trained model's: without one there are none.
    private static (FeatureExtractor, FeatureNormaliser?) CreateExtractor(FeatureSettings settings) => (new FeatureExtractor(settings),
        settings.Normalisation is Normalisation.None or Normalisation.Utterance ? new FeatureNormaliser(settings.Normalisation, [], []) : null);

    /// <summary>Hands each file's features over; returns how many files could not be read.</summary>
    private static int Extract(
        IReadOnlyList<string> files, FeatureExtractor extractor, FeatureOutput output, bool strict, int threads,
        IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        // Kept by file, so that messages come in the files' order whichever is read first.
        var messages = new List<string>[files.Count];
        int failed = 0, done = 0;
        ProgressBar.Run(console, "features", files.Count, progress =>
        {
            try
            {
                Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, Extract);
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
                    // An unreadable file costs its line, not the others.
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
