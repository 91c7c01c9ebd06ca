using System.Text.Json.Serialization;

namespace SpeechEmotion.Corpora;

/// <summary>Duration and speed of the feature extraction of a corpus.</summary>
/// <param name="Utterances">Number of usable recordings.</param>
/// <param name="AudioSeconds">Duration of these recordings in seconds.</param>
/// <param name="Seconds">
/// Wall time in seconds from the first file to the last feature: reading, hashing, decoding, resampling, extraction, search for duplicates.
/// </param>
/// <param name="ExtractionSeconds">Time of the extraction alone in seconds, summed over the threads.</param>
/// <param name="Threads">Largest number of threads used.</param>
/// <param name="FromCache">Number of recordings whose features were read from the cache.</param>
public sealed record ExtractionMetrics(
    int Utterances, double AudioSeconds, double Seconds, double ExtractionSeconds, int Threads, int FromCache)
{
    /// <summary>Duration of the recordings divided by the wall time.</summary>
    [JsonInclude]
    public double TimesRealTime => Seconds > 0 ? Math.Round(AudioSeconds / Seconds, 1) : 0;
}
