using System.Xml.Linq;
using SkiaSharp;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reports;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Reports;

internal sealed class CurvesPlotTests
{
    [TestCase(1)]
    [TestCase(12)]
    [TestCase(200)]
    public void Draw_AnyLength_NamesTheBestEpochWithItsValues(int epochs)
    {
        HistoryRow[] history = Examples.History(epochs);
        HistoryRow best = history[^1];
        string[] texts = Texts(CurvesPlot.Draw(history, best.Epoch, "tess").Svg());
        Assert.Multiple(() =>
        {
            Assert.That(texts,
                Does.Contain($"best epoch {epochs}: accuracy {FigureStyle.Percent(best.ValidationAccuracy!.Value)}, "
                    + $"UAR {FigureStyle.Percent(best.ValidationUar!.Value)}"));
            Assert.That(texts, Does.Contain($"best epoch {epochs}: loss {best.ValidationLoss:0.000}"));
            Assert.That(texts, Does.Contain("training"));
            Assert.That(texts, Does.Contain("validation"));
            Assert.That(texts.Count(text => text == "1"), Is.EqualTo(2), "epoch 1 is a tick of both panels");
        });
    }

    [Test]
    public void Draw_NoValidation_ShowsOnlyTraining()
    {
        string svg = CurvesPlot.Draw(Examples.History(12, validation: false), null, "tess").Svg();
        Assert.Multiple(() =>
        {
            Assert.That(Texts(svg), Does.Contain("12 epochs, no validation part"));
            Assert.That(Texts(svg), Does.Not.Contain("validation"));
            Assert.That(svg, Does.Contain(EmotionPalette.Blue).IgnoreCase);
            Assert.That(svg, Does.Not.Contain(EmotionPalette.Vermilion).IgnoreCase);
        });
    }

    [Test]
    public void Draw_LossThatIsNotANumber_LeavesThePointOut()
    {
        HistoryRow[] history = Examples.History(5);
        history[2] = history[2] with { TrainLoss = double.NaN, ValidationLoss = double.PositiveInfinity };
        string svg = CurvesPlot.Draw(history, 3, "tess").Svg();
        Assert.That(svg, Does.Not.Contain("NaN\" ").And.Not.Contains("nan "));
        Assert.That(Texts(svg), Does.Contain("best epoch 3: loss not finite"));
    }

    [Test]
    public void Png_IsThousandByEightHundred()
    {
        using SKBitmap bitmap = SKBitmap.Decode(CurvesPlot.Draw(Examples.History(12), 11, "tess").Png());
        Assert.That((bitmap.Width, bitmap.Height), Is.EqualTo((1000, 800)));
    }

    [Test]
    public void Draw_BestEpochOutsideTheHistory_Throws()
    {
        Assert.That(() => CurvesPlot.Draw(Examples.History(3), 4, "tess"), Throws.ArgumentException.With.Message.Contains("best epoch 4"));
    }

    [Test]
    public void Draw_NoEpoch_Throws()
    {
        Assert.That(() => CurvesPlot.Draw([], null, "tess"), Throws.ArgumentException);
    }

    [Test]
    public void Save_BothPictures_TakesSeconds()
    {
        using var folder = new TemporaryFolder();
        // Processor time: on a busy machine the wall clock does not measure the work.
        TimeSpan before = Environment.CpuUsage.TotalTime;
        CurvesPlot.Save(folder["curves"], Examples.History(12), 11, "tess");
        ConfusionPlot.Save(folder["confusion"], Examples.Matrix(Examples.TessLabels), "tess");
        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        TestContext.Out.WriteLine($"curves and confusion as PNG and SVG: {taken.TotalMilliseconds:0} ms");
        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "curves.png", "curves.svg", "confusion.png", "confusion.svg" }));
        Assert.That(taken, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    private static string[] Texts(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
