using System.Globalization;
using Microsoft.Extensions.Logging;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Devices;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Format of raw samples, from <c>--stdin RATE[:CHANNELS[:FORMAT]]</c>.</summary>
/// <param name="Rate">Frames per second.</param>
/// <param name="Channels">Interleaved channels.</param>
/// <param name="IsFloat">f32le rather than s16le.</param>
internal sealed record RawFormat(int Rate, int Channels, bool IsFloat)
{
    /// <summary>The format, or the fault in it.</summary>
    public static (RawFormat? Format, string? Fault) Parse(string text)
    {
        string[] parts = text.Split(':');
        int channels = 1;
        if (parts.Length > 3 || !Number(parts[0], 1000, 1_000_000, out int rate))
            return (null,
                $"--stdin {text}: must be RATE[:CHANNELS[:s16le|f32le]] with a rate from 1000 to 1000000 Hz, " +
                "for example 16000 or 48000:2:f32le");
        if (parts.Length > 1 && !Number(parts[1], 1, 1024, out channels))
            return (null, $"--stdin {text}: {parts[1]} channels: must be from 1 to 1024");
        if (parts.Length > 2 && parts[2] is not ("s16le" or "f32le"))
            return (null, $"--stdin {text}: the format '{parts[2]}' must be s16le or f32le");
        return (new RawFormat(rate, channels, parts.Length > 2 && parts[2] == "f32le"), null);
    }

    private static bool Number(string text, int low, int high, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= low && value <= high;
}

/// <summary>Opens the audio source of <c>live</c>.</summary>
internal static class LiveSource
{
    private const string StandardInput = "standard input";

    /// <param name="microphone">Whether the source is a microphone.</param>
    /// <param name="device">Its name; null: the default one.</param>
    /// <param name="file">The file; null: standard input.</param>
    /// <param name="fast">Whether a file is processed faster than real time.</param>
    /// <param name="raw">RATE[:CHANNELS[:FORMAT]] of standard input; null: it is a WAVE stream.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="logger">Receives a warning for each recoverable fault.</param>
    /// <param name="cancellation">Ends the wait for a header, and the decoding of a file.</param>
    public static IAudioSource Open(
        bool microphone,
        string? device,
        string? file,
        bool fast,
        string? raw,
        Func<Stream> input,
        ILogger logger,
        CancellationToken cancellation)
    {
        if (microphone)
            return Microphone.OpenAsync(device, cancellation).GetAwaiter().GetResult();
        if (file is not null)
            return FileSource.Open(file, realTime: !fast, logger, cancellation);
        if (raw is null)
            return PcmSource.WavAsync(input(), StandardInput, logger, cancellation).GetAwaiter().GetResult();
        RawFormat format = RawFormat.Parse(raw).Format!;
        return PcmSource.Raw(input(), StandardInput, format.Rate, format.Channels, format.IsFloat, logger);
    }
}
