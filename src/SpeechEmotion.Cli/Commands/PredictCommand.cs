using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>predict</c>: the emotion of each file, as a line of text, a JSON object or a CSV row.</summary>
internal static class PredictCommand
{
    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var options = new PredictOptions();
        var command = new Verb("predict", "Classifies the emotion of audio files; a file longer than one utterance also gets a timeline.",
            "speech-emotion predict clip.wav --model runs/tess",
            "speech-emotion predict recordings --model runs/tess --json",
            "speech-emotion predict new.wav --enrol earlier/*.wav");
        options.AddTo(command);
        command.SetAction(parsed => Run(options, parsed, console, errors, cancellation));
        return command;
    }

    private static int Run(
        PredictOptions options, ParseResult parsed, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        string[] given = parsed.GetRequiredValue(options.Inputs);
        IReadOnlyList<string> files = InputFiles.Expand(given, errors);
        string path = ModelLocator.Find(parsed.GetValue(options.Model) ?? ModelLocator.Default());
        using EmotionClassifier classifier = options.Common.LoadClassifier(parsed, path);
        TextWriter output = console.Profile.Out.Writer;
        TextWriter csvOutput = console.Profile.Out.IsTerminal ? new PrintableWriter(output) : output;
        IPredictionWriter writer = parsed.GetValue(options.Json) ? new JsonPredictionWriter(output)
            : parsed.GetValue(options.Csv) ? new CsvPredictionWriter(csvOutput, classifier.Labels)
            : new TextPredictionWriter(output);
        EmbeddingFile? embeddingFile = parsed.GetValue(options.Embeddings) is { } target ? new EmbeddingFile(target, writer) : null;
        var warnings = new WarningLog(errors.WriteLine);
        SpeakerProfile? speaker = EnrolOption.Enrol(classifier, parsed.GetValue(options.Enrol), errors, cancellation);
        IEnumerable<string> remaining = files.TakeWhile(_ => !StandardOutput.IsAbandoned(output));
        int code = Predict(
            remaining, Open, classifier, speaker, embeddingFile ?? writer, parsed.GetValue(options.Strict), errors, cancellation);
        embeddingFile?.Save();
        return code;

        // Only a pipe named on the command line is waited for, not one found in a folder.
        AudioReader Open(string file) => AudioReader.Open(file, warnings, refusePipes: !given.Contains(file), cancellation);
    }

    private static int Predict(
        IEnumerable<string> files, Func<string, AudioReader> open, EmotionClassifier classifier, SpeakerProfile? speaker,
        IPredictionWriter writer, bool strict, TextWriter errors, CancellationToken cancellation)
    {
        int tried = 0, failed = 0;
        foreach (string file in files)
        {
            tried++;
            cancellation.ThrowIfCancellationRequested();
            try
            {
                using AudioReader reader = open(file);
                writer.Write(file, classifier.Classify(reader, speaker, cancellation));
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
