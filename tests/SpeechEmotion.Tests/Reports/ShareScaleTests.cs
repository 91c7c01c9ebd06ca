using SkiaSharp;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Tests.Reports;

internal sealed class ShareScaleTests
{
    [Test]
    public void InkOn_EveryShare_HasTheContrastOfLevelAA()
    {
        for (int i = 0; i <= 1000; i++)
        {
            SKColor fill = ShareScale.At(i / 1000.0);
            // WCAG 2.1, 1.4.3
            Assert.That(ShareScale.Contrast(fill, ShareScale.InkOn(fill)), Is.GreaterThanOrEqualTo(4.5), $"share {i / 1000.0}");
        }
    }

    [Test]
    public void At_RisingShare_DarkensSteadily()
    {
        double[] contrasts = [.. Enumerable.Range(0, 101).Select(i => ShareScale.Contrast(ShareScale.At(i / 100.0), SKColors.White))];
        Assert.That(contrasts, Is.Ordered.Ascending);
        Assert.That(contrasts.Distinct().Count(), Is.EqualTo(101));
        Assert.That(ShareScale.At(0), Is.EqualTo(SKColors.White));
    }

    [Test]
    public void Contrast_BlackOnWhite_Is21()
    {
        Assert.That(ShareScale.Contrast(SKColors.Black, SKColors.White), Is.EqualTo(21).Within(1e-9)); // WCAG 2.1
    }
}
