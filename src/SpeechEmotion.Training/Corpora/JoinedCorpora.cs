using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora;

/// <summary>Several corpora as one. Paths begin with the name of their corpus and a slash, as speakers do.</summary>
internal static class JoinedCorpora
{
    /// <summary>The entries of all sources.</summary>
    public static List<CorpusEntry> Scan(IReadOnlyList<CorpusSource> sources, ProblemTally problems)
    {
        List<CorpusEntry> joined = [];
        foreach (CorpusSource source in sources)
        {
            ProblemTally sourceProblems = new();
            List<CorpusEntry> entries = CorpusScan.Scan(source, sourceProblems);
            entries = CorpusLabels.Apply(source.Settings.Labels, entries, sourceProblems);
            foreach (CorpusEntry entry in entries)
                joined.Add(entry with { Utterance = entry.Utterance with { Path = $"{source.Name}/{entry.Utterance.Path}" } });
            foreach (CorpusProblem problem in sourceProblems.Problems)
                problems.Add(problem with { Path = $"{source.Name}/{problem.Path}" });
        }
        return joined;
    }
}
