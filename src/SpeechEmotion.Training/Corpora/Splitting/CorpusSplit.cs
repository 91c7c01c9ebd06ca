using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Which part each item of a corpus is in, and what that means for a figure on the test part.</summary>
/// <param name="Parts">One part an item, in the items' order.</param>
/// <param name="By">What is kept apart between training and test.</param>
/// <param name="ValidationBy">What is kept apart between training and validation, never <c>auto</c>; null where the corpus's own parts were taken, or there is no validation.</param>
/// <param name="SharedSpeakers">Known speakers who test and also train or validate: with any, the figure says nothing about unknown voices.</param>
/// <param name="Notes">What the owner of the figure should know, a line each.</param>
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
