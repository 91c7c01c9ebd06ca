using System.Xml.Linq;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Tests.Reports;

internal sealed class ConfusionPlotTests
{
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(10)]
    public void Draw_AnySize_HasEveryCountAndShare(int classes)
    {
        ConfusionMatrix matrix = Examples.Matrix([.. Enumerable.Range(0, classes).Select(i => $"emotion {i}")]);
        string[] texts = Texts(matrix);
        Assert.Multiple(() =>
        {
            for (int truth = 0; truth < classes; truth++)
                for (int predicted = 0; predicted < classes; predicted++)
                {
                    Assert.That(texts, Does.Contain($"{matrix[truth, predicted]}"));
                    Assert.That(texts, Does.Contain(FigureStyle.Percent(matrix.RowShare(truth, predicted)!.Value)));
                }
            foreach (string label in matrix.Labels)
                Assert.That(texts.Count(text => text == label), Is.EqualTo(2), label);
        });
    }

    [Test]
    public void Draw_TitleLine_HasTheMetricsOfTheMatrix()
    {
        ConfusionMatrix matrix = ConfusionMatrix.From(["a", "b"], [[8, 2], [1, 1]]);
        Assert.That(Texts(matrix), Does.Contain("accuracy 75.0\u00A0%, UAR 65.0\u00A0%, 12 utterances; per cent of each row"));
    }

    [Test]
    public void Draw_EmptyRow_HasDashesForShares()
    {
        string[] texts = Texts(Examples.Matrix(Examples.TessLabels, lastIsEmpty: true));
        Assert.That(texts.Count(text => text == "–"), Is.EqualTo(7));
        Assert.That(texts.Count(text => text == "0"), Is.EqualTo(8), "seven cells and the total");
    }

    [Test]
    public void Draw_NothingAtAll_IsReported()
    {
        Assert.That(Texts(new ConfusionMatrix(Examples.TessLabels)), Does.Contain("no utterance"));
    }

    [Test]
    public void Draw_LongAndStrangeLabels_AreCutAndEscaped()
    {
        string[] texts = Texts(new ConfusionMatrix(["a<b & \"c\"", "удивление", new string('x', 200)]));
        Assert.That(texts, Does.Contain("a<b & \"c\"").And.Contain("удивление"));
        Assert.That(texts.Count(text => text.StartsWith('x') && text.EndsWith('…') && text.Length < 40), Is.EqualTo(2));
    }

    private static string[] Texts(ConfusionMatrix matrix) =>
        [.. XDocument.Parse(ConfusionPlot.Draw(matrix, "tess").Svg()).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
