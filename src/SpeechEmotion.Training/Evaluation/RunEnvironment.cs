using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp;

namespace SpeechEmotion.Evaluation;

/// <summary>When, with what and by which command the figures of a report were made: what is needed to repeat them.</summary>
public sealed record RunEnvironment
{
    /// <summary>Time at which the report was made: ISO 8601, in seconds, UTC.</summary>
    public required string Date { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>Version of TorchSharp.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Version of libtorch.</summary>
    public required string Libtorch { get; init; }

    /// <summary>Version of the ffmpeg that decoded recordings; null when none was decoded by it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ffmpeg { get; init; }

    /// <summary>Operating system.</summary>
    public required string Os { get; init; }

    /// <summary>Name of the processor, with the number of its threads.</summary>
    public required string Processor { get; init; }

    /// <summary>Level of instructions at which libtorch computed: <c>avx2</c>, <c>native</c>.</summary>
    public required string CpuLevel { get; init; }

    /// <summary>Device that ran the network: <c>cpu</c>, <c>cuda</c>, <c>mps</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The command line; null when a program called the library.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Command { get; init; }

    /// <summary>The environment of this process.</summary>
    /// <param name="level">Level of instructions of libtorch.</param>
    /// <param name="device">Device that ran the network.</param>
    /// <param name="corpus">The recordings that were read.</param>
    /// <param name="command">The command line, if there is one.</param>
    internal static RunEnvironment Create(LibTorchLevel level, torch.Device device, Corpus corpus, string? command) => new()
    {
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Runtime = RuntimeInformation.FrameworkDescription,
        TorchSharp = VersionOf(typeof(torch).Assembly),
        Libtorch = torch.__version__,
        Ffmpeg = corpus.Items.Select(item => RecordingSegment.FilePath(item.Utterance.Path)).Any(AudioExtensions.NeedsFfmpeg)
            ? FfmpegInstall.Version()
            : null,
        Os = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        Processor = $"{ProcessorName()}, {Environment.ProcessorCount} threads",
        CpuLevel = KebabCase.From(level.Level),
        Device = device.type.ToString().ToLowerInvariant(),
        Command = command,
    };

    private static string VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString() ?? "unknown";
        return version.Split('+')[0]; // without the hash of the source
    }

    /// <summary>The name of the processor; its architecture where the system does not tell the name.</summary>
    private static string ProcessorName()
    {
        const string Facts = "/proc/cpuinfo", Key = "model name";
        string? name = OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            : OperatingSystem.IsLinux() && File.Exists(Facts) ? File.ReadLines(Facts)
                .FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
            : null;
        return name is { Length: > 0 } ? name : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
