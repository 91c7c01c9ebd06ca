using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.LiveView;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using static TorchSharp.torch;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>live</c>: follows the emotion of a microphone, of a file as it plays, or of what arrives on standard input.</summary>
internal static class LiveCommand
{
    public const string Name = "live";

    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var mic = new Option<string?>("--mic")
        {
            Description = "Listen to a microphone; speech-emotion devices names them",
            HelpName = "DEVICE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var file = new Option<string?>("--file") { Description = "Listen to a file, at the pace at which it plays", HelpName = "FILE" };
        var fast = new Option<bool>("--fast") { Description = "Listen to the file as fast as it goes" };
        var stdin = new Option<string?>("--stdin")
        {
            Description = "Listen to raw samples on standard input, mono s16le unless told; without a rate to a WAVE stream",
            HelpName = "RATE[:CHANNELS[:s16le|f32le]]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var model = new Option<string?>("--model") { Description = "Checkpoint file, run folder, or name of a shipped model", HelpName = "MODEL" };
        Option<string[]> speaker = EnrolOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object a line for each event" };
        var save = new Option<string[]>("--save") { Description = "Keep the timeline as .csv, .json, .vtt or .png; can be given several times", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var command = new Verb(Name, "Listens, and says which emotion is heard while it is heard. q, Esc or Ctrl-C ends it with a summary.",
            "speech-emotion live --mic",
            "speech-emotion live --file call.wav",
            "speech-emotion live --file call.wav --fast --json --save call.vtt",
            "speech-emotion live --stdin 48000:2:f32le --json")
        {
            mic, file, fast, stdin, model, speaker, json, save,
        };
        common.AddRunTo(command);
        command.Validators.Add(result =>
        {
            bool isFile = result.GetValue(file) is not null, isStdin = result.GetResult(stdin) is not null;
            if ((isFile ? 1 : 0) + (isStdin ? 1 : 0) + (result.GetResult(mic) is not null ? 1 : 0) != 1)
                result.AddError("live listens either to --mic, to --file FILE or to --stdin");
            if (!isFile && result.GetValue(fast))
                result.AddError("--fast needs --file: all else is heard as it arrives");
            if (isStdin && result.GetValue(stdin) is { } raw && RawFormat.Parse(raw).Fault is { } fault)
                result.AddError(fault);
            foreach (string path in result.GetValue(save) ?? [])
                if (!TimelineFile.Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
                    result.AddError($"--save {path}: must end in {string.Join(", ", TimelineFile.Endings)}");
        });
        command.SetAction(parsed =>
        {
            string path = ModelLocator.Find(parsed.GetValue(model) ?? ModelLocator.Default());
            // One window at a time is faster on one thread than on several.
            (_, Device device) = common.Apply(parsed);
            set_num_threads(1);
            using EmotionClassifier classifier = TorchClassifier.Load(path, device);
            SpeakerProfile? known = EnrolOption.Enrol(classifier, parsed.GetValue(speaker), errors, cancellation);
            using IAudioSource? source = Open(parsed);
            if (source is null)
                return ExitCode.Done;
            var timeline = new Timeline(classifier.Labels, classifier.Settings.Live.UtteranceSeconds) { Title = source.Name };
            string[] targets = parsed.GetValue(save) ?? [];
            ILiveOutput output = parsed.GetValue(json) ? new JsonLiveOutput(console.Profile.Out.Writer)
                : LiveScreenOutput.IsPossible(console) ? new LiveScreenOutput(console, classifier.Labels, source.Name, classifier.Settings.Name)
                : new PlainLiveOutput(console.Profile.Out.Writer);
            var saving = new Lock();
            bool isSaved = false;
            Deadline.OnDeadline = Save; // somebody who stops reading what is printed stops the session too
            try
            {
                Listen(new LiveSession(classifier, source) { Envelope = targets.Length > 0 ? timeline.Envelope : null, Speaker = known }, output, targets.Length > 0 ? timeline : null, console.Profile.Out.Writer, cancellation).GetAwaiter().GetResult();
            }
            finally
            {
                Save();
                Deadline.OnDeadline = null;
            }
            return ExitCode.Done;

            void Save()
            {
                lock (saving)
                {
                    foreach (string target in isSaved ? [] : targets)
                        timeline.Save(target);
                    isSaved = true;
                }
            }
        });
        return command;

        IAudioSource? Open(ParseResult parsed)
        {
            try
            {
                return LiveSource.Open(
                    parsed.GetResult(mic) is not null, parsed.GetValue(mic), parsed.GetValue(file), parsed.GetValue(fast), parsed.GetValue(stdin), Console.OpenStandardInput, errors.WriteLine, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return null; // ended while it waited for a header: nothing was heard
            }
        }
    }

    private static async Task Listen(LiveSession session, ILiveOutput output, Timeline? timeline, TextWriter shown, CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(session.Stop);
        output.Begin(session);
        try
        {
            await foreach (LiveEvent liveEvent in session.ListenAsync(CancellationToken.None))
            {
                timeline?.Add(liveEvent);
                output.Write(liveEvent);
                if (timeline is null && StandardOutput.IsAbandoned(shown))
                    session.Stop();
            }
        }
        finally
        {
            output.End();
        }
    }
}
