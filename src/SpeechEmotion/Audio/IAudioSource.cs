namespace SpeechEmotion.Audio;

/// <summary>A source of mono audio: a file, a pipe, or the audio of another program. It is read by one reader at a time.</summary>
public interface IAudioSource : IDisposable
{
    /// <summary>Name of the source, for display.</summary>
    string Name { get; }

    /// <summary>Samples per second.</summary>
    int SampleRate { get; }

    /// <summary>
    /// Whether audio that is not read in time is lost, as from a microphone. A session buffers the audio of such a source and reports what
    /// exceeds the buffer.
    /// </summary>
    bool IsLive => false;

    /// <summary>Waits for the next mono samples, nominally −1 to 1, and writes them to the buffer.</summary>
    /// <returns>Number of samples, at least one; 0 at the end of the source.</returns>
    /// <exception cref="InvalidDataException">The data is no valid audio.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation);
}
