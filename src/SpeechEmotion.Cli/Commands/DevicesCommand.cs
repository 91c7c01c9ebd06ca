using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Devices;
using SpeechEmotion.Cli.Output;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>devices</c>: the microphones that <c>live --mic</c> can listen to.</summary>
internal static class DevicesCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var command = new Verb("devices", "Lists the microphones that live --mic can listen to.", "speech-emotion devices");
        command.SetAction(_ =>
        {
            IReadOnlyList<CaptureDevice> devices = CaptureDevice.List(cancellation);
            foreach (CaptureDevice device in devices)
                console.Profile.Out.Writer.WriteLine(Printable.Line(device.Description.Length == 0 ? device.Name : $"{device.Name}  {device.Description}"));
            if (devices.Count == 0)
                console.Profile.Out.Writer.WriteLine("no microphone was found");
            return ExitCode.Done;
        });
        return command;
    }
}
