using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class MetricsTests
{
    [Test]
    public void Of_TwoSpeakers_HasFiguresOfEach()
    {
        // By hand: s1 has a 2 of 2 and b 1 of 2; s2 has b 0 of 1.
        Metrics metrics = Metrics.Of(Judgements.Abc, [
            .. Judgements.From(Judgements.Abc, [1], [0], "s2"), .. Judgements.From(Judgements.Abc, [0, 0, 1, 1], [0, 0, 1, 2], "s1")], seed: 1);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.PerSpeaker.Keys, Is.EqualTo(new[] { "s1", "s2" }));
            Assert.That(metrics.PerSpeaker["s1"], Is.EqualTo(new SpeakerFigures(0.75, 0.75, 4)));
            Assert.That(metrics.PerSpeaker["s2"], Is.EqualTo(new SpeakerFigures(0, 0, 1)));
            Assert.That(metrics.Accuracy.Value, Is.EqualTo(0.6).Within(1e-12));
            Assert.That(metrics.Accuracy.Ci95Speakers, Is.Null);
            Assert.That(metrics.PerClass.Keys, Is.EqualTo(Judgements.Abc));
        });
    }

    [Test]
    public void Of_FiveSpeakers_HasIntervalsOverThem()
    {
        Metrics metrics = Metrics.Of(Judgements.Abc, [.. Voices(5)], seed: 1);
        Assert.That(metrics.Accuracy.Ci95Speakers, Is.Not.Null);
        Assert.That(metrics.Uar.Ci95Speakers, Is.Not.Null);
        Assert.That(metrics.MacroF1.Ci95Speakers, Is.Not.Null);
    }

    [Test]
    public void Of_SpeakerMissingSomewhere_HasNoIntervalOverSpeakers()
    {
        Metrics metrics = Metrics.Of(Judgements.Abc, [.. Voices(6), .. Judgements.Times(1, Judgements.Abc, 0, 0)], seed: 1);
        Assert.That(metrics.Accuracy.Ci95Speakers, Is.Null);
    }

    [Test]
    public void Of_NoMistake_WilsonHasAWidthWhereTheBootstrapHasNone()
    {
        // Wilson for n of n: low = n / (n + z²) = 560 / 563.841.
        Metrics metrics = Metrics.Of(Judgements.Abc, [.. Judgements.Times(560, Judgements.Abc, 1, 1)], seed: 1);
        Assert.That(metrics.Accuracy.Ci95, Is.EqualTo(new Interval(1, 1)));
        Assert.That(metrics.Accuracy.Wilson95!.Value.Low, Is.EqualTo(0.993187).Within(1e-6));
    }

    [Test]
    public void Of_OrderOfJudgements_ChangesNothing()
    {
        List<Judgement> judgements = [.. Voices(5)];
        Metrics forth = Metrics.Of(Judgements.Abc, judgements, seed: 4);
        judgements.Reverse();
        Metrics back = Metrics.Of(Judgements.Abc, judgements, seed: 4);
        Assert.That(back.Uar, Is.EqualTo(forth.Uar));
        Assert.That(back.MacroF1, Is.EqualTo(forth.MacroF1));
    }

    [Test]
    public void Of_Mistakes_AreSortedByConfidenceAndLimited()
    {
        Metrics metrics = Metrics.Of(Judgements.Abc, [
            new Judgement("low.wav", "s", "a", "b", [0.3f, 0.5f, 0.2f]), new Judgement("high.wav", "s", "a", "c", [0.05f, 0.05f, 0.9f]),
            .. Judgements.Times(30, Judgements.Abc, 1, 0, confidence: 0.4f)], seed: 1);
        Assert.That(metrics.Mistakes, Has.Count.EqualTo(Metrics.MistakesKept));
        Assert.That(metrics.Mistakes[0], Is.EqualTo(new Mistake("high.wav", "s", "a", "c", 0.9f, 0.05f)));
        Assert.That(metrics.Mistakes[1].Path, Is.EqualTo("low.wav"));
    }

    [Test]
    public void Of_Nothing_Throws()
    {
        Assert.That(() => Metrics.Of(Judgements.Abc, [], seed: 1), Throws.ArgumentException.With.Message.Contains("no utterance"));
    }

    private static IEnumerable<Judgement> Voices(int count) =>
        Enumerable.Range(0, count).SelectMany(i => Judgements.From(Judgements.Abc, [0, 1, 2, 0], [0, 1, i % 3, i % 2], $"s{i}"));
}
