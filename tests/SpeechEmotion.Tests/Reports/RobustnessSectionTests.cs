using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Tests.Reports;

public class RobustnessSectionTests
{
    private static readonly Estimate Half = new(0.5, new Interval(0.4, 0.6));

    private static readonly RobustnessMetrics[] Conditions =
    [
        new("gain -6 dB")
        {
            Utterances = 4, Uar = Half, Accuracy = 0.25, Unchanged = 0.75, Lost = 0, Gained = 0, MeanConfidence = 0.9,
            Clean = new CleanMetrics(new Estimate(0.6, new Interval(0.5, 0.7)), 0.65, 0.95),
        },
        new("MP3 24 kbit/s") { Skipped = "needs ffmpeg" },
    ];

    [Test]
    public void Insert_ACard_PutsTheTableBeforeTheLimits()
    {
        string card = RobustnessSection.Insert("# m\n\n## Results\n\nr\n\n## Limits\n\n- l\n", "On unseen speakers.", Conditions);
        Assert.That(card, Does.StartWith("# m\n\n## Results\n\nr\n\n## Robustness\n\nOn unseen speakers. "));
        Assert.That(card, Does.Contain("| as recorded | 60.0\u00A0% | 65.0\u00A0% | | 95.0\u00A0% |\n"));
        Assert.That(card, Does.Contain("| gain -6 dB | 50.0\u00A0% | 25.0\u00A0% | 75.0\u00A0% | 90.0\u00A0% |\n"));
        Assert.That(card, Does.EndWith("| MP3 24 kbit/s | not measured | | | |\n\n## Limits\n\n- l\n"));
    }

    [TestCase("# m\n\n## Limits\n\n- l\n")]
    [TestCase("# m\n\ntext\n")]
    public void Insert_Again_ReplacesTheSection(string card)
    {
        string once = RobustnessSection.Insert(card, "First.", Conditions);
        string twice = RobustnessSection.Insert(once, "Second.", Conditions);
        Assert.That(twice, Is.EqualTo(once.Replace("First.", "Second.", StringComparison.Ordinal)));
    }
}
