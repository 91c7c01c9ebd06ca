using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Evaluation;

/// <summary>
/// The share of intervals that contain the value of the population, on simulated tests: seven emotions, 20 to 60 utterances per speaker,
/// recalls that differ between emotions and, by a normal effect on the log-odds, between speakers and their emotions.
/// </summary>
internal sealed class CoverageTests
{
    private const int Classes = 7;
    private const double SpeakerEffect = 0.7, EmotionEffect = 0.5;

    private static readonly double[] MeanLogits = [1.6, 1.2, 0.9, 0.6, 0.3, 0, -0.4];

    private static readonly string[] Labels = [.. Enumerable.Range(0, Classes).Select(i => $"{i}")];

    /// <summary>The UAR over all speakers there could be: the mean expected recall, integrated over the normal effect.</summary>
    private static readonly double TrueUar = MeanLogits.Average(mean =>
    {
        const int Steps = 4001;
        double deviation = Math.Sqrt((SpeakerEffect * SpeakerEffect) + (EmotionEffect * EmotionEffect)), sum = 0, weights = 0;
        for (int i = 0; i < Steps; i++)
        {
            double z = -6 + (12.0 * i / (Steps - 1)), weight = Math.Exp(-z * z / 2);
            sum += weight / (1 + Math.Exp(-(mean + (deviation * z))));
            weights += weight;
        }
        return sum / weights;
    });

    [TestCase(5)]
    [TestCase(10)]
    public void Intervals_FewSpeakers_ContainTheTrueUarInNineteenOfTwentyTests(int speakers)
    {
        (double jackknife, _, double utterances, _) = Simulate(speakers, tests: 400);
        // Standard error of a coverage of 0.95 in 400 tests: 0.011. Percentiles of resampled speakers cover 0.84 and 0.89.
        Assert.That(jackknife, Is.InRange(0.92, 0.985));
        Assert.That(utterances, Is.LessThan(0.85), "utterances of one speaker are not independent");
    }

    [Test]
    [Explicit("prints the table of docs/statistics.md; 2 minutes")]
    public void Print_Coverage()
    {
        TestContext.Out.WriteLine("| speakers | Student's t | percentiles of speakers | percentiles of utterances | width of the first |");
        foreach (int speakers in new[] { 3, 4, 5, 6, 10, 24 })
        {
            (double jackknife, double percentiles, double utterances, double width) = Simulate(speakers, tests: 2000);
            TestContext.Out.WriteLine(
                $"| {speakers} | {100 * jackknife:0.0} | {100 * percentiles:0.0} | {100 * utterances:0.0} | {100 * width:0.0} |");
        }
    }

    /// <summary>Shares of the intervals that contain the true UAR, and the mean width of those of the jackknife.</summary>
    private static (double Jackknife, double SpeakerPercentiles, double Utterances, double Width) Simulate(int speakers, int tests)
    {
        int jackknife = 0, percentiles = 0, utterances = 0;
        double width = 0;
        object gate = new();
        Parallel.For(0, tests, new ParallelOptions { MaxDegreeOfParallelism = 2 }, test =>
        {
            SeededRandom random = Seeds.Random(test, $"coverage {speakers}");
            ConfusionMatrix[] each = [.. Enumerable.Range(0, speakers).Select(_ => Speaker(random))];
            ConfusionMatrix all = ConfusionMatrix.From(Labels, [.. Enumerable.Range(0, Classes).Select(truth =>
                Enumerable.Range(0, Classes).Select(predicted => each.Sum(speaker => speaker[truth, predicted])).ToArray())]);
            Interval interval = Jackknife.Intervals(all, each).Uar, over = Bootstrap.OverUtterances(all, test).Uar,
                resampled = Resampled(each, random);
            lock (gate)
            {
                jackknife += Contains(interval);
                percentiles += Contains(resampled);
                utterances += Contains(over);
                width += interval.High - interval.Low;
            }
        });
        return ((double)jackknife / tests, (double)percentiles / tests, (double)utterances / tests, width / tests);

        static int Contains(Interval interval) => interval.Low <= TrueUar && TrueUar <= interval.High ? 1 : 0;
    }

    private static ConfusionMatrix Speaker(SeededRandom random)
    {
        var matrix = new ConfusionMatrix(Labels);
        double speaker = SpeakerEffect * random.Normal();
        double[] recalls = [.. MeanLogits.Select(mean => 1 / (1 + Math.Exp(-(mean + speaker + (EmotionEffect * random.Normal())))))];
        int count = 20 + random.Next(41);
        for (int i = 0; i < count; i++)
        {
            int truth = random.Next(Classes);
            matrix.Count(truth, random.NextDouble() < recalls[truth] ? truth : (truth + 1 + random.Next(Classes - 1)) % Classes);
        }
        return matrix;
    }

    /// <summary>Percentiles of the UAR of resampled speakers (cluster bootstrap), for comparison.</summary>
    private static Interval Resampled(ConfusionMatrix[] speakers, SeededRandom random)
    {
        double[] uars = new double[Bootstrap.Resamples];
        int[] counts = new int[Classes * Classes];
        for (int i = 0; i < uars.Length; i++)
        {
            Array.Clear(counts);
            for (int draw = 0; draw < speakers.Length; draw++)
            {
                ReadOnlySpan<int> drawn = speakers[random.Next(speakers.Length)].Counts;
                for (int cell = 0; cell < counts.Length; cell++)
                    counts[cell] += drawn[cell];
            }
            uars[i] = Scores.Compute(counts, Classes).Uar;
        }
        return Interval.Percentiles(uars);
    }
}
