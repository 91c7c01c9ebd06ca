namespace SpeechEmotion.Corpora;

/// <summary>
/// A cache of earlier readings by the bytes of the files and their segments, so that these need not be decoded again. Thread-safe.
/// </summary>
/// <param name="Recall">
/// Index and SHA-256 of a file, with the segment → its cached reading, after the caller's results for the file are restored;
/// null when the file must be decoded.
/// </param>
/// <param name="Keep">Stores the reading of a file that was decoded and used: index, SHA-256, reading.</param>
internal sealed record RecordingCache(Func<int, string, RecordingFacts?> Recall, Action<int, string, RecordingFacts> Keep);
