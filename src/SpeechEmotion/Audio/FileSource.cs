using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>
/// A recording as an audio source, in real time or as fast as it is read. A file is decoded in pieces, as <see cref="AudioReader"/>
/// describes.
/// </summary>
public sealed class FileSource : IAudioSource
{
    private readonly AudioReader reader;
    private readonly bool realTime;
    private readonly Stopwatch clock = new();
    private long position;

    /// <param name="name">Name of the source, for display.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="realTime">Whether samples are returned no faster than they would be played.</param>
    public FileSource(string name, Waveform recording, bool realTime)
    {
        ArgumentNullException.ThrowIfNull(recording);
        (Name, reader, this.realTime) = (name, new AudioReader(name, recording), realTime);
    }

    private FileSource(string path, AudioReader reader, bool realTime) => (Name, this.reader, this.realTime) = (path, reader, realTime);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int SampleRate => reader.SampleRate;

    /// <summary>Opens a file of any format that <see cref="AudioFile"/> supports.</summary>
    /// <param name="path">The file.</param>
    /// <param name="realTime">Whether samples are returned no faster than they would be played.</param>
    /// <param name="logger">Receives a warning for each fault despite which the file is read.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="InvalidDataException">The file contains no usable audio.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied, or the path is a folder.</exception>
    public static FileSource Open(string path, bool realTime, ILogger? logger = null, CancellationToken cancellation = default) =>
        new(path, AudioReader.Open(path, logger, refusePipes: false, cancellation), realTime);

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
    {
        int count = reader.Read(buffer.Span, cancellation);
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

    /// <summary>Closes the file.</summary>
    public void Dispose() => reader.Dispose();
}
