namespace SpeechEmotion.Audio;

/// <summary>Mono sound: 32-bit float samples, nominally −1 to 1, and their rate in Hz.</summary>
public sealed class Waveform
{
    /// <summary>Wraps samples; the array is not copied and must not be changed afterwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive.</exception>
    public Waveform(float[] samples, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        Samples = samples;
        SampleRate = sampleRate;
    }

    /// <summary>The samples, nominally −1 to 1.</summary>
    public float[] Samples { get; }

    /// <summary>Samples per second.</summary>
    public int SampleRate { get; }

    /// <summary>Length in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
