namespace SpeechEmotion.Corpora;

/// <summary>
/// A cache of earlier readings by the bytes of the files and their segments, so that these need not be decoded again. Thread-safe.
/// </summary>
/// <param name="Recall">
/// Index and SHA-256 of a file, with the segment → its cached reading, after the caller's results for the file are restored;
/// null when the file must be decoded.
/// </param>
/// <param name="Keep">Stores the reading of a file that was decoded and used: index, SHA-256, reading.</param>
internal sealed record RecordingCache(Func<int, string, CachedRecording?> Recall, Action<int, string, CachedRecording> Keep);

/// <summary>The cached reading of a recording.</summary>
/// <param name="SamplesHash">Hash of its samples and their rate.</param>
/// <param name="Facts">The other results of the reading.</param>
internal sealed record CachedRecording(string SamplesHash, RecordingFacts Facts);
