namespace SpeechEmotion.Corpora;

/// <summary>Sets that are joined step by step; each is known by its smallest member.</summary>
internal sealed class UnionFind(int count)
{
    private readonly int[] parents = [.. Enumerable.Range(0, count)];

    /// <summary>The smallest member of the set in which <paramref name="member"/> is.</summary>
    public int Find(int member)
    {
        while (parents[member] != member)
            member = parents[member] = parents[parents[member]];
        return member;
    }

    public void Join(int one, int other)
    {
        int a = Find(one), b = Find(other);
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}
