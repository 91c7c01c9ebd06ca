using System.Text.Json.Serialization;

namespace SpeechEmotion.Corpora;

/// <summary>How fast a corpus became features.</summary>
/// <param name="Utterances">Recordings that can be used.</param>
/// <param name="AudioSeconds">Their length.</param>
/// <param name="Seconds">Wall time from the first file to the last feature: reading, hashing, decoding, resampling, extraction, search for duplicates.</param>
/// <param name="ExtractionSeconds">Of it extraction alone, summed over the threads.</param>
/// <param name="Threads">Threads used at most.</param>
/// <param name="FromCache">Recordings whose features were read from the cache instead.</param>
public sealed record ExtractionMetrics(int Utterances, double AudioSeconds, double Seconds, double ExtractionSeconds, int Threads, int FromCache)
{
    /// <summary>Seconds of sound a second of wall time: how many times faster than it was spoken.</summary>
    [JsonInclude]
    public double TimesRealTime => Seconds > 0 ? Math.Round(AudioSeconds / Seconds, 1) : 0;
}
