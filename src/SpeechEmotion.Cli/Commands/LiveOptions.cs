using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Cli.LiveView;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Cli.Commands;

/// <summary>The options of <c>live</c> and the rules between them.</summary>
internal sealed class LiveOptions
{
    public CommonOptions Common { get; } = new();

    public Option<string?> Mic { get; } = new("--mic")
    {
        Description = "Capture a microphone; speech-emotion devices lists them",
        HelpName = "DEVICE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> File { get; } = new("--file") { Description = "Read a file in real time", HelpName = "FILE" };

    public Option<bool> Fast { get; } = new("--fast") { Description = "Read the file as fast as possible" };

    public Option<string?> Stdin { get; } = new("--stdin")
    {
        Description = "Read raw samples from standard input, by default mono s16le; without a rate, a WAVE stream",
        HelpName = "RATE[:CHANNELS[:s16le|f32le]]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Model { get; } = CommonOptions.Model();

    public Option<string[]> Enrol { get; } = EnrolOption.Create();

    public Option<bool> Json { get; } = new("--json") { Description = "Write one JSON object per event, one per line" };

    public Option<string[]> Save { get; } = new("--save")
    {
        Description = "Save the timeline as .csv, .json, .vtt or .png; repeatable",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Mic, File, Fast, Stdin, Model, Enrol, Json, Save })
            command.Add(option);
        Common.AddRunTo(command);
        command.Validators.Add(Validate);
    }

    private void Validate(CommandResult result)
    {
        bool isFile = result.GetValue(File) is not null, isStdin = result.GetResult(Stdin) is not null;
        if ((isFile ? 1 : 0) + (isStdin ? 1 : 0) + (result.GetResult(Mic) is not null ? 1 : 0) != 1)
            result.AddError("live listens to one source: --mic, --file FILE or --stdin");
        if (!isFile && result.GetValue(Fast))
            result.AddError("--fast needs --file: the other sources set their own pace");
        if (isStdin && result.GetValue(Stdin) is { } raw && RawFormat.Parse(raw).Fault is { } fault)
            result.AddError(fault);
        foreach (string path in result.GetValue(Save) ?? [])
            if (!TimelineFile.Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
                result.AddError($"--save {path}: must end in {string.Join(", ", TimelineFile.Endings)}");
    }
}
