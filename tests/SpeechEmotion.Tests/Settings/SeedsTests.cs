using System.Text;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Settings;

internal sealed class SeedsTests
{
    // Test vectors of the FNV reference (draft-eastlake-fnv, appendix C).
    [TestCase("", 0xcbf29ce484222325ul)]
    [TestCase("a", 0xaf63dc4c8601ec8cul)]
    [TestCase("foobar", 0x85944171f73967e8ul)]
    public void Fnv1A_PublishedVectors_Match(string text, ulong expected) =>
        Assert.That(Seeds.Fnv1A(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));

    // First outputs of the reference splitmix64.c for the state 1234567.
    [Test]
    public void NextBits_SeedOfTheReference_GivesItsNumbers()
    {
        SeededRandom random = new(1234567);

        ulong[] bits = [random.NextBits(), random.NextBits(), random.NextBits()];

        Assert.That(bits, Is.EqualTo(new[] { 6457827717110365317ul, 3203168211198807973ul, 9817491932198370423ul }));
    }

    [Test]
    public void Derive_OtherNameOrSeed_GivesOtherValues()
    {
        HashSet<ulong> seen = [];
        foreach (string name in new[] { "split", "weights", "order", "" })
            foreach (int seed in new[] { 0, 1, 2, -1, int.MinValue, int.MaxValue })
                Assert.That(seen.Add(Seeds.Derive(seed, name)), Is.True, $"{seed} {name}");
    }

    // Computed apart in Python from the same definitions: a stored run stays reproducible only while these stand.
    [Test]
    public void Derive_FixedSeed_NeverChanges() =>
        Assert.That((Seeds.Derive(1, "split"), Seeds.Random(1, "split").Next(1000)), Is.EqualTo((2273370684577653576ul, 247)));

    [Test]
    public void Next_ManyDraws_AreEven()
    {
        SeededRandom random = new(7);
        int[] counts = new int[7];

        for (int i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;

        // Standard deviation of a count: sqrt(70,000 · 1/7 · 6/7) = 93; five of them.
        Assert.That(counts, Is.All.InRange(10_000 - 465, 10_000 + 465));
    }

    [Test]
    public void Shuffle_ThreeValues_ReachesEveryOrderEvenly()
    {
        SeededRandom random = new(3);
        Dictionary<string, int> counts = [];

        for (int i = 0; i < 60_000; i++)
        {
            char[] values = ['a', 'b', 'c'];
            random.Shuffle<char>(values);
            string order = new(values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.That(counts, Has.Count.EqualTo(6));
        Assert.That(counts.Values, Is.All.InRange(10_000 - 465, 10_000 + 465));
    }

    [Test]
    public void State_StoredAndRestored_GoesOn()
    {
        SeededRandom first = new(5);
        _ = first.NextDouble();
        SeededRandom second = new(first.State);

        Assert.That(second.NextBits(), Is.EqualTo(first.NextBits()));
    }

    [Test]
    public void NextDouble_ManyDraws_StayBelowOne()
    {
        SeededRandom random = new(11);
        double[] values = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextDouble())];

        Assert.That(values, Is.All.InRange(0, 1).And.All.LessThan(1));
        Assert.That(values.Average(), Is.EqualTo(0.5).Within(0.015));
    }
}
