using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>A recording as an audio source, in real time or as fast as it is read.</summary>
public sealed class FileSource : IAudioSource
{
    private readonly Waveform recording;
    private readonly bool realTime;
    private readonly Stopwatch clock = new();
    private int position;

    /// <param name="name">Name of the source, for display.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="realTime">Whether samples are returned no faster than they would be played.</param>
    public FileSource(string name, Waveform recording, bool realTime)
    {
        ArgumentNullException.ThrowIfNull(recording);
        (Name, this.recording, this.realTime) = (name, recording, realTime);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int SampleRate => recording.SampleRate;

    /// <summary>Reads a file of any format that <see cref="AudioFile"/> supports.</summary>
    /// <param name="path">The file.</param>
    /// <param name="realTime">Whether samples are returned no faster than they would be played.</param>
    /// <param name="logger">Receives a warning for each fault despite which the file is read.</param>
    /// <param name="cancellation">Stops the decoding.</param>
    /// <exception cref="InvalidDataException">The file contains no usable audio.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileSource Open(string path, bool realTime, ILogger? logger = null, CancellationToken cancellation = default) =>
        new(path, AudioFile.Read(path, logger, cancellation), realTime);

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = Math.Min(buffer.Length, recording.Samples.Length - position);
        recording.Samples.AsMemory(position, count).CopyTo(buffer);
        position += count;
        if (realTime && count > 0)
        {
            clock.Start();
            TimeSpan early = TimeSpan.FromSeconds((double)position / SampleRate) - clock.Elapsed;
            if (early > TimeSpan.Zero)
                await Task.Delay(early, cancellation).ConfigureAwait(false);
        }
        return count;
    }

    /// <summary>Does nothing: the source holds no resources.</summary>
    public void Dispose()
    {
    }
}
