namespace SpeechEmotion.Audio;

/// <summary>Mono audio: 32-bit float samples, nominally −1 to 1, and their sample rate in Hz.</summary>
public sealed class Waveform
{
    /// <summary>Wraps an array of samples, which is not copied and must not be changed afterwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sample rate is not positive.</exception>
    public Waveform(float[] samples, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        Samples = samples;
        SampleRate = sampleRate;
    }

    /// <summary>The samples, nominally −1 to 1.</summary>
    public float[] Samples { get; }

    /// <summary>Sample rate in Hz.</summary>
    public int SampleRate { get; }

    /// <summary>Duration in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
