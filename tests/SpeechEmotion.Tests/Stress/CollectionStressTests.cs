using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Stress;

/// <summary>
/// Training and inference under constant garbage collection give the numbers of a quiet run to the last bit.
/// SPEECHEMOTION_STRESS_SECONDS sets the length of the stormy part (default 25).
/// </summary>
[Category("Stress"), NonParallelizable, OneTorchThread]
public class CollectionStressTests
{
    private const int Steps = 60;

    [Test]
    public void SmallNetwork_UnderAllocationStorm_GivesTheSameBits()
    {
        double seconds = double.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_STRESS_SECONDS") ?? "25",
            CultureInfo.InvariantCulture);
        float[] quiet = SmallNetwork.Run(seed: 7, Steps);
        Assert.That(quiet, Is.All.Matches<float>(float.IsFinite));

        using AllocationStorm storm = new(threads: 4);
        Stopwatch watch = Stopwatch.StartNew();
        int runs = 0;
        do
        {
            float[] stormy = SmallNetwork.Run(seed: 7, Steps);
            Assert.That(stormy.AsSpan().SequenceEqual(quiet), Is.True, $"run {runs} differs from the quiet one");
            runs++;
        }
        while (watch.Elapsed.TotalSeconds < seconds);

        TestContext.Out.WriteLine($"{runs * Steps} steps, {storm.Force.Arrays} arrays, {storm.Force.Collections} collections");
        Assert.That(storm.Force.Collections, Is.GreaterThan(100), "the storm did not blow");
    }

    [Test]
    public void SmallNetwork_OtherSeed_GivesOtherBits()
    {
        Assert.That(SmallNetwork.Run(seed: 8, 2), Is.Not.EqualTo(SmallNetwork.Run(seed: 7, 2)));
    }
}
