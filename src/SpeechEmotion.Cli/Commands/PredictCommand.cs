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

/// <summary><c>predict</c>: which emotion is in a file; one line, one JSON object or one CSV row each.</summary>
internal static class PredictCommand
{
    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var inputs = new Argument<string[]>("INPUT") { Description = "Files, folders, or patterns such as 'calls/*.wav'", Arity = ArgumentArity.OneOrMore };
        var model = new Option<string?>("--model") { Description = "Checkpoint file, run folder, or name of a shipped model", HelpName = "MODEL" };
        Option<string[]> speaker = EnrolOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object a file" };
        var csv = new Option<bool>("--csv") { Description = "A header and one CSV row a file" };
        var embeddings = new Option<string?>("--embeddings")
        {
            Description = "NumPy file for the embedding of each file: the vector before the last layer, float32 [files, width]",
            HelpName = "FILE.npy",
        };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first file that cannot be read" };
        var command = new Verb("predict", "Says which emotion is in audio files; a file longer than one utterance also gets a timeline.",
            "speech-emotion predict clip.wav --model runs/tess",
            "speech-emotion predict recordings --model runs/tess --json",
            "speech-emotion predict new.wav --enrol earlier/*.wav")
        {
            inputs, model, speaker, json, csv, embeddings, strict,
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
            IPredictionWriter writer = parsed.GetValue(json) ? new JsonPredictionWriter(output, classifier.Labels)
                : parsed.GetValue(csv) ? new CsvPredictionWriter(console.Profile.Out.IsTerminal ? new PrintableWriter(output) : output, classifier.Labels)
                : new TextPredictionWriter(output, classifier.Labels);
            var warnings = new WarningLog(errors.WriteLine);
            SpeakerProfile? known = EnrolOption.Enrol(classifier, parsed.GetValue(speaker), errors, cancellation);
            EmbeddingFile? rows = parsed.GetValue(embeddings) is { } target ? new EmbeddingFile(target, writer) : null;
            int code = Predict(files.TakeWhile(_ => !StandardOutput.IsAbandoned(output)), Read, classifier, known, rows ?? writer, parsed.GetValue(strict), errors, cancellation);
            rows?.Save();
            return code;

            // A pipe is waited for only where it was named, not where one lies in a folder.
            Waveform Read(string file) => given.Contains(file)
                ? AudioFile.Read(file, warnings, cancellation)
                : AudioFile.Decode(AudioFile.ReadBytes(file), file, warnings, cancellation);
        });
        return command;
    }

    private static int Predict(
        IEnumerable<string> files, Func<string, Waveform> read, EmotionClassifier classifier, SpeakerProfile? speaker, IPredictionWriter writer, bool strict,
        TextWriter errors, CancellationToken cancellation)
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
                // A bad file costs its line, not the others.
                errors.WriteLine(fault.Message.ReplaceLineEndings(" "));
                failed++;
            }
        }
        return failed < tried || tried == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
