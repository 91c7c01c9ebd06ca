using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Cli.Devices;

/// <summary>A device that sound can be captured from.</summary>
/// <param name="Name">What <see cref="Microphone.OpenAsync"/> takes.</param>
/// <param name="Description">What people call it; empty where the system says nothing more.</param>
public sealed partial record CaptureDevice(string Name, string Description)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string PulseFragment = "1920"; // bytes: 10 ms of stereo at 48 kHz; ffmpeg's own choice lags by seconds

    /// <summary>The arguments with which ffmpeg opens it.</summary>
    internal IReadOnlyList<string> Input { get; private init; } = [];

    /// <summary>All devices of this system, the default one first where that is known.</summary>
    /// <param name="cancellation">Ends the wait for ffmpeg, and ffmpeg.</param>
    /// <exception cref="InvalidDataException">ffmpeg is missing.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<CaptureDevice> List(CancellationToken cancellation = default)
    {
        if (OperatingSystem.IsWindows())
            return FromDirectShow(Ask(cancellation, "-list_devices", "true", "-f", "dshow", "-i", "dummy"));
        if (OperatingSystem.IsMacOS())
            return FromAvFoundation(Ask(cancellation, "-f", "avfoundation", "-list_devices", "true", "-i", ""));
        List<CaptureDevice> devices = [];
        if (PulseIsThere())
            devices.AddRange(FromSources(Ask(cancellation, "-sources", "pulse"), ""));
        devices.AddRange(FromSources(Ask(cancellation, "-sources", "alsa"), "alsa:").Where(device => IsAlsaCapture(device.Name["alsa:".Length..])));
        return devices;
    }

    /// <summary>The device of a name, or the default one, ready to be opened; whether it is there shows when it is.</summary>
    internal static CaptureDevice Named(string? name)
    {
        IReadOnlyList<string> input =
            OperatingSystem.IsWindows() ? ["-f", "dshow", "-audio_buffer_size", "20", "-i", $"audio={name ?? FirstOf(List())}"]
            : OperatingSystem.IsMacOS() ? ["-f", "avfoundation", "-i", $":{name ?? "default"}"]
            : name is not null && name.StartsWith("alsa:", StringComparison.Ordinal) ? ["-f", "alsa", "-i", name["alsa:".Length..]]
            : name is not null || PulseIsThere() ? ["-f", "pulse", "-fragment_size", PulseFragment, "-i", name ?? "default"]
            : ["-f", "alsa", "-i", "default"];
        return new CaptureDevice(name ?? "default", "") { Input = input };
    }

    /// <summary>ffmpeg's path.</summary>
    internal static string Program() => FfmpegInstall.Find()
        ?? throw new InvalidDataException($"microphones are heard through ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}");

    /// <summary>Whether one of ALSA's names is of a card; the others are its plug-ins, such as rate converters.</summary>
    internal static bool IsAlsaCapture(string name) => name == "default" || name.Contains("CARD=", StringComparison.Ordinal);

    /// <summary>Reads <c>ffmpeg -sources</c>: a line <c>* name [description] (types)</c> each, a star before the default; before ffmpeg 5 without types.</summary>
    internal static IReadOnlyList<CaptureDevice> FromSources(string text, string prefix) =>
        [.. SourceLine().Matches(text).OrderByDescending(line => line.Groups[1].Value == "*")
            .Select(line => new CaptureDevice(prefix + line.Groups[2].Value, line.Groups[3].Value))];

    /// <summary>Reads DirectShow's list: <c>"name" (audio)</c>; before ffmpeg 5 <c>"name"</c> below a heading for audio.</summary>
    internal static IReadOnlyList<CaptureDevice> FromDirectShow(string text)
    {
        int audio = text.IndexOf("DirectShow audio devices", StringComparison.Ordinal);
        return [.. (audio < 0 ? DirectShowLine() : OldDirectShowLine()).Matches(text[Math.Max(0, audio)..]).Select(line => new CaptureDevice(line.Groups[1].Value, ""))];
    }

    /// <summary>Reads AVFoundation's list: below its heading for audio, <c>[0] description</c>.</summary>
    internal static IReadOnlyList<CaptureDevice> FromAvFoundation(string text)
    {
        int audio = text.IndexOf("AVFoundation audio devices", StringComparison.Ordinal);
        return audio < 0 ? [] : [.. AvFoundationLine().Matches(text[audio..]).Select(line => new CaptureDevice(line.Groups[1].Value, line.Groups[2].Value.Trim()))];
    }

    private static string FirstOf(IReadOnlyList<CaptureDevice> devices) =>
        devices.Count > 0 ? devices[0].Name : throw new InvalidDataException("this system has no microphone");

    private static bool PulseIsThere() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PULSE_SERVER"))
        || File.Exists(Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run", "pulse/native"))
        || File.Exists("/run/pulse/native");

    private static string Ask(CancellationToken cancellation, params string[] arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo(Program(), ["-nostdin", "-hide_banner", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8, // whatever the console's is
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        })!;
        Task<string> output = ffmpeg.StandardOutput.ReadToEndAsync(), errors = ffmpeg.StandardError.ReadToEndAsync();
        try
        {
            if (!Task.WaitAll([output, errors], (int)Patience.TotalMilliseconds, cancellation))
                ffmpeg.Kill();
        }
        catch (OperationCanceledException)
        {
            ffmpeg.Kill();
            throw;
        }
        return output.Result + "\n" + errors.Result;
    }

    [GeneratedRegex(@"^([* ]) (\S+) \[(.*?)\](?: \([a-z, ]*\))?\s*$", RegexOptions.Multiline)]
    private static partial Regex SourceLine();

    [GeneratedRegex("\"([^\"@]+)\" \\((?:[a-z]+, )*audio[a-z, ]*\\)")]
    private static partial Regex DirectShowLine();

    [GeneratedRegex("\\]  \"([^\"@]+)\"")]
    private static partial Regex OldDirectShowLine();

    [GeneratedRegex(@"\] \[(\d+)\] (.*)$", RegexOptions.Multiline)]
    private static partial Regex AvFoundationLine();
}
