namespace SpeechEmotion.Corpora;

/// <summary>Collects problems and counts those of the same kind and reason together, in the order in which they first came.</summary>
internal sealed class ProblemTally
{
    private readonly List<CorpusProblem> problems = [];
    private readonly Dictionary<(CorpusProblemKind, string), int> places = [];

    public IReadOnlyList<CorpusProblem> Problems => problems;

    public void Add(CorpusProblemKind kind, string path, string reason) => Add(new CorpusProblem(kind, path, reason));

    public void Add(CorpusProblem problem)
    {
        if (places.TryAdd((problem.Kind, problem.Reason), problems.Count))
        {
            problems.Add(problem);
            return;
        }
        int place = places[(problem.Kind, problem.Reason)];
        problems[place] = problems[place] with { Count = problems[place].Count + problem.Count };
    }
}
