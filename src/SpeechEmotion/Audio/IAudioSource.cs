namespace SpeechEmotion.Audio;

/// <summary>Sound that arrives: a file being played, a pipe, a program's own audio. Read by one reader at a time.</summary>
public interface IAudioSource : IDisposable
{
    /// <summary>What it is, for people.</summary>
    string Name { get; }

    /// <summary>Samples per second.</summary>
    int SampleRate { get; }

    /// <summary>Whether sound that is not read in time is lost, as a microphone's: a session then holds it, and counts what it cannot hold.</summary>
    bool IsLive => false;

    /// <summary>Waits for the next mono samples, nominally −1 to 1, and puts them into the buffer.</summary>
    /// <returns>How many there are, at least one; 0 when the sound is over.</returns>
    /// <exception cref="InvalidDataException">What arrives is no sound.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation);
}
