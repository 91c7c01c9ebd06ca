using SpeechEmotion.Adaptation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Adaptation;

public sealed class SpeakerVarianceModelTests
{
    [Test]
    public void Fit_ManySpeakers_EstimatesTheVariancesOfTheirModel()
    {
        SpeakerVarianceModel model = SpeakerVarianceModel.Fit(Speakers(400, 10, between: 3, within: 2));
        Assert.That(model.Mean[0], Is.EqualTo(5).Within(0.5));
        Assert.That(Math.Sqrt(model.Within[0]), Is.EqualTo(2).Within(0.1));
        Assert.That(Math.Sqrt(model.Between[0]), Is.EqualTo(3).Within(0.3));
        Assert.That(model.UtteranceSeconds, Is.EqualTo(2));
    }

    [Test]
    public void Fit_SpeakersThatDoNotDiffer_HasNoVarianceBetween()
    {
        SpeakerVarianceModel model = SpeakerVarianceModel.Fit(Speakers(200, 10, between: 0, within: 2));
        Assert.That(model.Between[0], Is.LessThan(0.1));
    }

    [Test]
    public void Fit_OneSpeaker_HasNoVarianceBetween()
    {
        SpeakerVarianceModel model = SpeakerVarianceModel.Fit(Speakers(1, 10, between: 3, within: 2));
        Assert.That(model.Between, Is.All.Zero);
        var known = new SpeakerStatistics();
        known.Add([100, 100], 60);
        Assert.That(model.ExpectedMean(0, known), Is.EqualTo(model.Mean[0]), "one speaker alone gives no variance between speakers");
    }

    [Test]
    public void ExpectedMean_MoreSpeech_MovesFromTheTrainingMeanToTheSpeakersMean()
    {
        var model = new SpeakerVarianceModel([5], [4], [9], utteranceSeconds: 2);
        Assert.That(model.ExpectedMean(0, null), Is.EqualTo(5));
        double last = 5;
        foreach (double seconds in new[] { 1, 2, 10, 100, 1e6 })
        {
            var known = new SpeakerStatistics();
            known.Add([15], seconds);
            double observed = seconds / 2, expected = 5 + (10 * observed * 9 / ((observed * 9) + 4));
            Assert.That(model.ExpectedMean(0, known), Is.EqualTo(expected).Within(1e-4).And.GreaterThan(last));
            last = expected;
        }
        Assert.That(last, Is.EqualTo(15).Within(1e-3));
    }

    [Test]
    public void Apply_UtterancesWithAndWithoutEnrolment_HaveStandardDeviationOne()
    {
        (float[] Statistics, string Speaker, double Seconds)[] utterances = Speakers(400, 30, between: 3, within: 2);
        SpeakerVarianceModel model = SpeakerVarianceModel.Fit(utterances);
        var withoutEnrolment = new List<float>();
        var enrolled = new List<float>();
        foreach (var speaker in utterances.GroupBy(utterance => utterance.Speaker))
        {
            var statistics = new SpeakerStatistics();
            foreach (var utterance in speaker.Skip(1).Take(4))
                statistics.Add(utterance.Statistics, utterance.Seconds);
            withoutEnrolment.Add(Applied(null));
            enrolled.Add(Applied(statistics));
            float Applied(SpeakerStatistics? of)
            {
                float[] copy = [.. speaker.First().Statistics];
                model.Apply(copy, of);
                return copy[0];
            }
        }
        Assert.That(StandardDeviation(withoutEnrolment), Is.EqualTo(1).Within(0.1));
        Assert.That(StandardDeviation(enrolled), Is.EqualTo(1).Within(0.1));
    }

    [Test]
    public void Add_Utterances_WeighsByLength()
    {
        var speaker = new SpeakerStatistics();
        speaker.Add([1], 1);
        speaker.Add([5], 3);
        Assert.That(speaker.Mean(0), Is.EqualTo(4));
        Assert.That(speaker.Means(), Is.EqualTo(new[] { 4f }));
        Assert.That(speaker.Seconds, Is.EqualTo(4));
    }

    [Test]
    public void New_UnequalLengths_IsRefused() =>
        Assert.That(() => new SpeakerVarianceModel([1, 2], [1], [1, 2], 1), Throws.ArgumentException);

    private static double StandardDeviation(List<float> values) => Math.Sqrt(values.Average(value => (double)value * value));

    private static (float[] Statistics, string Speaker, double Seconds)[] Speakers(
        int speakers, int utterances, double between, double within)
    {
        SeededRandom random = Seeds.Random(1, "voices");
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, speakers).SelectMany(speaker =>
        {
            double own = 5 + (between * Normal());
            return Enumerable.Range(0, utterances)
                .Select(_ => (new[] { (float)(own + (within * Normal())), 1f }, $"speaker {speaker:000}", 2.0)).ToArray();
        })];
    }
}
