namespace SpeechEmotion.Corpora;

/// <summary>What earlier readings of the same bytes left behind, so that they need not be decoded again. For several threads at once.</summary>
/// <param name="Recall">Index and SHA-256 of a file → what is known of it, after whatever the reading is for was taken from memory too; null when it must be decoded.</param>
/// <param name="Keep">Index and SHA-256 of a file that was decoded and used, and what to know of it.</param>
internal sealed record RecordingCache(Func<int, string, CachedRecording?> Recall, Action<int, string, CachedRecording> Keep);

/// <summary>What a reading leaves behind of a recording.</summary>
/// <param name="SamplesHash">Hash of its samples and their rate.</param>
/// <param name="Facts">The rest.</param>
internal sealed record CachedRecording(string SamplesHash, RecordingFacts Facts);
