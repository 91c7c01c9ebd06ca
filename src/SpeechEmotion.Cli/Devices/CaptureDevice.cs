using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Cli.Devices;

/// <summary>An audio capture device.</summary>
/// <param name="Name">The name for <see cref="Microphone.OpenAsync"/>.</param>
/// <param name="Description">The system's display name; empty if there is none.</param>
public sealed partial record CaptureDevice(string Name, string Description)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const string PulseFragment = "1920"; // bytes: 10 ms of 16-bit stereo at 48 kHz; ffmpeg's default delays by seconds

    /// <summary>ffmpeg's input arguments for the device.</summary>
    internal IReadOnlyList<string> Input { get; private init; } = [];

    /// <summary>All capture devices of this system, the default device first where it is known.</summary>
    /// <param name="cancellation">Stops ffmpeg.</param>
    /// <exception cref="InvalidDataException">ffmpeg is missing.</exception>
    /// <exception cref="OperationCanceledException">The listing was cancelled.</exception>
    public static IReadOnlyList<CaptureDevice> List(CancellationToken cancellation = default)
    {
        if (OperatingSystem.IsWindows())
            return FromDirectShow(RunFfmpeg(cancellation, "-list_devices", "true", "-f", "dshow", "-i", "dummy"));
        if (OperatingSystem.IsMacOS())
            return FromAvFoundation(RunFfmpeg(cancellation, "-f", "avfoundation", "-list_devices", "true", "-i", ""));
        List<CaptureDevice> devices = [];
        if (HasPulse())
            devices.AddRange(FromSources(RunFfmpeg(cancellation, "-sources", "pulse"), ""));
        devices.AddRange(FromSources(RunFfmpeg(cancellation, "-sources", "alsa"), "alsa:")
            .Where(device => IsAlsaCapture(device.Name["alsa:".Length..])));
        return devices;
    }

    /// <summary>The device with this name, or the default device; only opening it tells whether it exists.</summary>
    internal static CaptureDevice Named(string? name)
    {
        IReadOnlyList<string> input =
            OperatingSystem.IsWindows() ? ["-f", "dshow", "-audio_buffer_size", "20", "-i", $"audio={name ?? FirstOf(List())}"]
            : OperatingSystem.IsMacOS() ? ["-f", "avfoundation", "-i", $":{name ?? "default"}"]
            : name is not null && name.StartsWith("alsa:", StringComparison.Ordinal) ? ["-f", "alsa", "-i", name["alsa:".Length..]]
            : name is not null || HasPulse() ? ["-f", "pulse", "-fragment_size", PulseFragment, "-i", name ?? "default"]
            : ["-f", "alsa", "-i", "default"];
        return new CaptureDevice(name ?? "default", "") { Input = input };
    }

    /// <summary>Path of the ffmpeg executable.</summary>
    /// <exception cref="InvalidDataException">ffmpeg is missing.</exception>
    internal static string Program() => FfmpegInstall.Find()
        ?? throw new InvalidDataException($"microphones need ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}");

    /// <summary>Whether an ALSA name is a card or the default; other names are plug-ins such as rate converters.</summary>
    internal static bool IsAlsaCapture(string name) => name == "default" || name.Contains("CARD=", StringComparison.Ordinal);

    /// <summary>
    /// Parses <c>ffmpeg -sources</c>: one line <c>* name [description] (types)</c> per device, the star marks the default; no types
    /// before ffmpeg 5.
    /// </summary>
    internal static IReadOnlyList<CaptureDevice> FromSources(string text, string prefix) =>
        [.. SourceLine().Matches(text).OrderByDescending(line => line.Groups[1].Value == "*")
            .Select(line => new CaptureDevice(prefix + line.Groups[2].Value, line.Groups[3].Value))];

    /// <summary>Parses DirectShow's list: <c>"name" (audio)</c>; before ffmpeg 5 <c>"name"</c> below the audio heading.</summary>
    internal static IReadOnlyList<CaptureDevice> FromDirectShow(string text)
    {
        int audio = text.IndexOf("DirectShow audio devices", StringComparison.Ordinal);
        Regex pattern = audio < 0 ? DirectShowLine() : OldDirectShowLine();
        return [.. pattern.Matches(text[Math.Max(0, audio)..]).Select(line => new CaptureDevice(line.Groups[1].Value, ""))];
    }

    /// <summary>Parses AVFoundation's list: <c>[0] description</c> below the audio heading.</summary>
    internal static IReadOnlyList<CaptureDevice> FromAvFoundation(string text)
    {
        int audio = text.IndexOf("AVFoundation audio devices", StringComparison.Ordinal);
        if (audio < 0)
            return [];
        return [.. AvFoundationLine().Matches(text[audio..])
            .Select(line => new CaptureDevice(line.Groups[1].Value, line.Groups[2].Value.Trim()))];
    }

    private static string FirstOf(IReadOnlyList<CaptureDevice> devices) =>
        devices.Count > 0 ? devices[0].Name : throw new InvalidDataException("this system has no microphone");

    private static bool HasPulse() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PULSE_SERVER"))
        || File.Exists(Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run", "pulse/native"))
        || File.Exists("/run/pulse/native");

    private static string RunFfmpeg(CancellationToken cancellation, params string[] arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo(Program(), ["-nostdin", "-hide_banner", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8, // independent of the console's encoding
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        })!;
        Task<string> output = ffmpeg.StandardOutput.ReadToEndAsync(), errors = ffmpeg.StandardError.ReadToEndAsync();
        try
        {
            if (!Task.WaitAll([output, errors], (int)Timeout.TotalMilliseconds, cancellation))
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
