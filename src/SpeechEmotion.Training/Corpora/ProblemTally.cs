namespace SpeechEmotion.Corpora;

/// <summary>Collects problems and counts those of the same kind and reason together.</summary>
internal sealed class ProblemTally
{
    private readonly List<CorpusProblem> problems = [];
    private readonly Dictionary<(CorpusProblemKind, string), int> indices = [];

    /// <summary>The problems, in the order of their first occurrence.</summary>
    public IReadOnlyList<CorpusProblem> Problems => problems;

    /// <summary>Adds a problem of one file.</summary>
    public void Add(CorpusProblemKind kind, string path, string reason) => Add(new CorpusProblem(kind, path, reason));

    /// <summary>Adds a problem with its count.</summary>
    public void Add(CorpusProblem problem)
    {
        if (indices.TryAdd((problem.Kind, problem.Reason), problems.Count))
        {
            problems.Add(problem);
            return;
        }
        int index = indices[(problem.Kind, problem.Reason)];
        problems[index] = problems[index] with { Count = problems[index].Count + problem.Count };
    }
}
