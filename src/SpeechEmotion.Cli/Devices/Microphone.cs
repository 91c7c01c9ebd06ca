using System.Diagnostics;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Cli.Devices;

/// <summary>
/// A microphone, captured by an ffmpeg process at the device's sample rate: PulseAudio or ALSA on Linux, AVFoundation on macOS,
/// DirectShow on Windows. Samples that are not read in time are lost.
/// </summary>
public sealed class Microphone : IAudioSource
{
    private readonly Process capture;
    private readonly PcmSource samples;
    private string lastError;

    private Microphone(string name, Process capture, PcmSource samples, string lastError) =>
        (Name, this.capture, this.samples, this.lastError) = (name, capture, samples, lastError);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int SampleRate => samples.SampleRate;

    /// <summary>Always true: capture does not wait for the reader.</summary>
    public bool IsLive => true;

    /// <summary>Starts the capture.</summary>
    /// <param name="device">A name from <see cref="CaptureDevice.List"/>; null: the system's default.</param>
    /// <param name="cancellation">Cancels opening the device.</param>
    /// <exception cref="InvalidDataException">ffmpeg is missing, or the device cannot be opened.</exception>
    public static async Task<Microphone> OpenAsync(string? device, CancellationToken cancellation = default)
    {
        CaptureDevice wanted = CaptureDevice.Named(device);
        string name = device is null ? "microphone" : $"microphone {device}";
        Process capture = Start(wanted.Input);
        string lastError = "";
        capture.ErrorDataReceived += (_, line) => lastError = string.IsNullOrWhiteSpace(line.Data) ? lastError : line.Data.Trim();
        capture.BeginErrorReadLine();
        try
        {
            Stream stream = capture.StandardOutput.BaseStream;
            PcmSource samples = await PcmSource.WavAsync(stream, name, null, cancellation).ConfigureAwait(false);
            var microphone = new Microphone(name, capture, samples, lastError);
            capture.ErrorDataReceived += (_, line) =>
                microphone.lastError = string.IsNullOrWhiteSpace(line.Data) ? microphone.lastError : line.Data.Trim();
            return microphone;
        }
        catch (Exception fault)
        {
            Stop(capture);
            if (fault is not InvalidDataException)
                throw;
            string reason = lastError.Length > 0 ? $": {lastError}" : "";
            throw new InvalidDataException($"{name}: cannot be opened{reason}; speech-emotion devices lists the microphones", fault);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The device was disconnected.</exception>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
    {
        int count;
        try
        {
            count = await samples.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            count = 0; // the stream ended before the first sample
        }
        if (count > 0)
            return count;
        string reason = lastError.Length > 0 ? $": {lastError}" : "";
        throw new InvalidDataException($"{Name}: the device delivers no more samples{reason}");
    }

    /// <summary>Ends the capture.</summary>
    public void Dispose()
    {
        Stop(capture);
        samples.Dispose();
    }

    private static Process Start(IReadOnlyList<string> input)
    {
        var start = new ProcessStartInfo(CaptureDevice.Program())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-fflags", "nobuffer",
            .. input,
            "-c:a", "pcm_f32le", "-flush_packets", "1", "-f", "wav", "pipe:1",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static void Stop(Process capture)
    {
        try
        {
            capture.Kill();
        }
        catch (InvalidOperationException)
        {
            // it has already ended
        }
        capture.WaitForExit(1000);
        capture.Dispose();
    }
}
