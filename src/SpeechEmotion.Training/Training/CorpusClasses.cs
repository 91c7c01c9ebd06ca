namespace SpeechEmotion.Training;

/// <summary>
/// The emotions of each corpus. Where joined corpora have different ones, a clip is classified among those that its corpus has: that it
/// is none of the others was not said, the speakers of its corpus were not asked for them.
/// </summary>
internal sealed class CorpusClasses
{
    private readonly int emotions;
    private readonly Dictionary<string, float[]> masks; // empty: every corpus has all emotions

    /// <param name="clips">The training part.</param>
    /// <param name="emotions">Number of labels.</param>
    public CorpusClasses(IReadOnlyList<LabelledClip> clips, int emotions)
    {
        this.emotions = emotions;
        masks = clips.GroupBy(clip => clip.Corpus).ToDictionary(corpus => corpus.Key, corpus =>
        {
            float[] mask = new float[emotions];
            foreach (LabelledClip clip in corpus)
                mask[clip.Label] = 1;
            return mask;
        });
        if (masks.Values.All(mask => mask.All(value => value == 1)))
            masks.Clear();
    }

    /// <summary>1 for each emotion of each clip's corpus, else 0: [clips, emotions] row-major; empty if every corpus has all.</summary>
    public float[] Mask(string[] corpora)
    {
        if (masks.Count == 0)
            return [];
        float[] rows = new float[corpora.Length * emotions];
        for (int i = 0; i < corpora.Length; i++)
            masks[corpora[i]].CopyTo(rows, i * emotions);
        return rows;
    }
}
