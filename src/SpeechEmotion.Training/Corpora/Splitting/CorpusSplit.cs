using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>The assignment of the items of a corpus to training, validation and test part.</summary>
/// <param name="Parts">The part of each item, in the order of the items.</param>
/// <param name="By">The kind of split between training and test part.</param>
/// <param name="ValidationBy">
/// The kind of split between training and validation part, never <c>auto</c>; null when the corpus defines the parts, or when there is no
/// validation part.
/// </param>
/// <param name="SharedSpeakers">
/// Speakers in the test part who are also in the training or validation part; if there are any, results do not hold for unseen speakers.
/// </param>
/// <param name="Notes">Remarks for the user, one line each.</param>
public sealed record CorpusSplit(
    IReadOnlyList<Part> Parts, SplitBy By, ValidationBy? ValidationBy, IReadOnlyList<string> SharedSpeakers, IReadOnlyList<string> Notes)
{
    /// <summary>Indices of the items in a part, in order.</summary>
    public IReadOnlyList<int> IndicesOf(Part part) => [.. Enumerable.Range(0, Parts.Count).Where(i => Parts[i] == part)];

    /// <summary>The items of a part, in order.</summary>
    public IEnumerable<CorpusItem> ItemsOf(Part part, Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return IndicesOf(part).Select(i => corpus.Items[i]);
    }
}
