using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Estimates the SNR of the speech in a stream, and from it a shift of the log-odds of speech. At high SNR soft sounds around speech
/// (breath, reverberation) are audible and must not count as speech. At low SNR noise masks them and the soft sounds of speech as
/// well, and a lower threshold detects these again.
/// </summary>
internal sealed class SnrEstimator
{
    /// <summary>Largest shift of the log-odds, at <see cref="NoisyDb"/> and below.</summary>
    private const double MaxShift = 1.25;

    private const double QuietDb = 20, NoisyDb = 10;
    private const int Memory = 300; // VAD frames of speech: 10 s at 32 ms

    private double speechPower;
    private int count;

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state) => (speechPower, count) = (state.Exchange(speechPower), state.Exchange(count));

    /// <summary>Adds a VAD frame.</summary>
    /// <param name="isSpeech">Whether it is speech; other frames are ignored.</param>
    /// <param name="power">Power of the frame.</param>
    public void Add(bool isSpeech, double power)
    {
        if (!isSpeech)
            return;
        count = Math.Min(count + 1, Memory);
        speechPower += (power - speechPower) / count;
    }

    /// <summary>Shift to add to the log-odds of speech; 0 before any speech, and at an SNR of 20 dB or more.</summary>
    /// <param name="noise">Current power of the noise.</param>
    public double Shift(double noise)
    {
        if (count == 0 || noise <= 0)
            return 0;
        double snr = 10 * Math.Log10(speechPower / noise);
        return MaxShift * Math.Clamp((QuietDb - snr) / (QuietDb - NoisyDb), 0, 1);
    }
}
