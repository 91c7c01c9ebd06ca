namespace SpeechEmotion.Vad;

/// <summary>
/// How far the speech of a stream stands above its noise, and how much sooner a detector should therefore believe in speech. In a quiet
/// room soft sounds around speech (breath, its echo) are heard and must not count; noise covers them, and with them the soft sounds of
/// speech itself, which a lower threshold finds again.
/// </summary>
internal sealed class SnrEstimator
{
    /// <summary>Most that is added to the logarithm of the odds of speech.</summary>
    private const double MaxShift = 1.25;

    private const double QuietDb = 20, NoisyDb = 10;
    private const int Memory = 300; // decisions of speech: 10 s of 32 ms each

    private double power;
    private int count;

    /// <summary>Takes a decision in.</summary>
    /// <param name="isSpeech">Whether it was for speech; nothing else is counted.</param>
    /// <param name="heard">Power that was heard.</param>
    public void Add(bool isSpeech, double heard)
    {
        if (!isSpeech)
            return;
        count = Math.Min(count + 1, Memory);
        power += (heard - power) / count;
    }

    /// <summary>What to add to the logarithm of the odds of speech; 0 before any speech, or where it stands 20 dB above the noise.</summary>
    /// <param name="noise">Power of the noise at present.</param>
    public double Shift(double noise)
    {
        if (count == 0 || noise <= 0)
            return 0;
        double ratio = 10 * Math.Log10(power / noise);
        return MaxShift * Math.Clamp((QuietDb - ratio) / (QuietDb - NoisyDb), 0, 1);
    }
}
