using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>predict</c>: the emotion of each file, as a line of text, a JSON object or a CSV row.</summary>
internal static class PredictCommand
{
    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Files, folders, or patterns such as 'calls/*.wav'",
            Arity = ArgumentArity.OneOrMore,
        };
        var model = new Option<string?>("--model")
        {
            Description = "Checkpoint file, run folder, or name of a shipped model",
            HelpName = "MODEL",
        };
        Option<string[]> enrol = EnrolOption.Create();
        var json = new Option<bool>("--json") { Description = "Write one JSON object per file" };
        var csv = new Option<bool>("--csv") { Description = "Write a CSV header and one row per file" };
        var embeddings = new Option<string?>("--embeddings")
        {
            Description = "NumPy file for one embedding per file: the vector before the last layer, float32 [files, width]",
            HelpName = "FILE.npy",
        };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first file that cannot be read" };
        var command = new Verb("predict", "Classifies the emotion of audio files; a file longer than one utterance also gets a timeline.",
            "speech-emotion predict clip.wav --model runs/tess",
            "speech-emotion predict recordings --model runs/tess --json",
            "speech-emotion predict new.wav --enrol earlier/*.wav")
        {
            inputs, model, enrol, json, csv, embeddings, strict,
        };
        common.AddRunTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv))
                result.AddError("--json and --csv cannot be given together");
            if (result.GetValue(embeddings) is { } file && EmbeddingFile.FaultOf(file) is { } fault)
                result.AddError(fault);
        });
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetRequiredValue(inputs);
            IReadOnlyList<string> files = InputFiles.Expand(given);
            string path = ModelLocator.Find(parsed.GetValue(model) ?? ModelLocator.Default());
            // One clip at a time is faster on one thread than on several.
            TorchThreads.UseOne();
            using EmotionClassifier classifier = TorchClassifier.Load(path, common.DeviceOf(parsed));
            TextWriter output = console.Profile.Out.Writer;
            TextWriter csvOutput = console.Profile.Out.IsTerminal ? new PrintableWriter(output) : output;
            IPredictionWriter writer = parsed.GetValue(json) ? new JsonPredictionWriter(output, classifier.Labels)
                : parsed.GetValue(csv) ? new CsvPredictionWriter(csvOutput, classifier.Labels)
                : new TextPredictionWriter(output, classifier.Labels);
            EmbeddingFile? embeddingFile = parsed.GetValue(embeddings) is { } target ? new EmbeddingFile(target, writer) : null;
            var warnings = new WarningLog(errors.WriteLine);
            SpeakerProfile? speaker = EnrolOption.Enrol(classifier, parsed.GetValue(enrol), errors, cancellation);
            IEnumerable<string> remaining = files.TakeWhile(_ => !StandardOutput.IsAbandoned(output));
            int code = Predict(
                remaining, Read, classifier, speaker, embeddingFile ?? writer, parsed.GetValue(strict), errors, cancellation);
            embeddingFile?.Save();
            return code;

            // Only a pipe named on the command line is waited for, not one found in a folder.
            Waveform Read(string file) => given.Contains(file)
                ? AudioFile.Read(file, warnings, cancellation)
                : AudioFile.Decode(AudioFile.ReadBytes(file), file, warnings, cancellation);
        });
        return command;
    }

    private static int Predict(
        IEnumerable<string> files,
        Func<string, Waveform> read,
        EmotionClassifier classifier,
        SpeakerProfile? speaker,
        IPredictionWriter writer,
        bool strict,
        TextWriter errors,
        CancellationToken cancellation)
    {
        int tried = 0, failed = 0;
        foreach (string file in files)
        {
            tried++;
            cancellation.ThrowIfCancellationRequested();
            try
            {
                writer.Write(file, classifier.Classify(read(file), speaker, cancellation));
            }
            catch (Exception fault) when (!strict && fault is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // An unreadable file does not stop the others.
                errors.WriteLine(fault.Message.ReplaceLineEndings(" "));
                failed++;
            }
        }
        return failed < tried || tried == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
