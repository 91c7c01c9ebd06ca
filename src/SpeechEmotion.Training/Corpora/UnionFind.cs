namespace SpeechEmotion.Corpora;

/// <summary>Disjoint sets of the numbers from 0 to <paramref name="count"/> − 1, which can be joined.</summary>
/// <param name="count">Number of members; each is a set of its own at first.</param>
internal sealed class UnionFind(int count)
{
    private readonly int[] parents = [.. Enumerable.Range(0, count)];

    /// <summary>The smallest member of the set that contains <paramref name="member"/>.</summary>
    public int Find(int member)
    {
        while (parents[member] != member)
            member = parents[member] = parents[parents[member]];
        return member;
    }

    /// <summary>Joins the sets of two members.</summary>
    public void Join(int one, int other)
    {
        int a = Find(one), b = Find(other);
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}
