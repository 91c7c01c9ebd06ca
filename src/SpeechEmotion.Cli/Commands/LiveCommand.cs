using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Cli.LiveView;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Models;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Reports;
using Spectre.Console;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>live</c>: classifies speech from a microphone, a file or standard input as it arrives.</summary>
internal static class LiveCommand
{
    public const string Name = "live";

    public static Command Create(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var options = new LiveOptions();
        var command = new Verb(Name, "Shows the emotion of speech as it arrives. q, Esc or Ctrl-C ends it with a summary.",
            "speech-emotion live --mic",
            "speech-emotion live --file call.wav",
            "speech-emotion live --file call.wav --fast --json --save call.vtt",
            "speech-emotion live --stdin 48000:2:f32le --json");
        options.AddTo(command);
        command.SetAction(parsed => Run(options, parsed, console, errors, cancellation));
        return command;
    }

    private static int Run(LiveOptions options, ParseResult parsed, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        string path = ModelLocator.Find(parsed.GetValue(options.Model) ?? ModelLocator.Default());
        using EmotionClassifier classifier = options.Common.LoadClassifier(parsed, path);
        SpeakerProfile? speaker = EnrolOption.Enrol(classifier, parsed.GetValue(options.Enrol), errors, cancellation);
        using IAudioSource? source = Open(options, parsed, errors, cancellation);
        if (source is null)
            return ExitCode.Done;
        TextWriter output = console.Profile.Out.Writer;
        string[] targets = parsed.GetValue(options.Save) ?? [];
        var timeline = new Timeline(classifier.Labels, classifier.Settings.Live.UtteranceSeconds) { Title = source.Name };
        using var saver = new TimelineSaver(timeline, targets);
        ILiveOutput view = parsed.GetValue(options.Json) ? new JsonLiveOutput(output)
            : LiveScreenOutput.IsPossible(console) ? new LiveScreenOutput(console, classifier.Labels, source.Name, classifier.Settings.Name)
            : new PlainLiveOutput(output);
        var session = new LiveSession(classifier, source) { Envelope = targets.Length > 0 ? timeline.Envelope : null, Speaker = speaker };
        LiveRun.ListenAsync(session, view, targets.Length > 0 ? timeline : null, output, cancellation).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private static IAudioSource? Open(LiveOptions options, ParseResult parsed, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            return LiveSource.Open(
                parsed.GetResult(options.Mic) is not null,
                parsed.GetValue(options.Mic),
                parsed.GetValue(options.File),
                parsed.GetValue(options.Fast),
                parsed.GetValue(options.Stdin),
                System.Console.OpenStandardInput,
                new WarningLog(errors.WriteLine),
                cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null; // cancelled before the WAVE header: no audio arrived
        }
    }
}
