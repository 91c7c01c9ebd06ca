using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Devices;
using SpeechEmotion.Cli.Output;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>devices</c>: the microphones available to <c>live --mic</c>.</summary>
internal static class DevicesCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var command = new Verb("devices", "Lists the microphones available to live --mic.", "speech-emotion devices");
        command.SetAction(_ =>
        {
            IReadOnlyList<CaptureDevice> devices = CaptureDevice.List(cancellation);
            TextWriter output = console.Profile.Out.Writer;
            foreach (CaptureDevice device in devices)
            {
                string line = device.Description.Length == 0 ? device.Name : $"{device.Name}  {device.Description}";
                output.WriteLine(Printable.Line(line));
            }
            if (devices.Count == 0)
                output.WriteLine("no microphone was found");
            return ExitCode.Done;
        });
        return command;
    }
}
