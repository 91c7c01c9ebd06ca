using System.Globalization;
using System.Text.Json;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class EvaluationReportTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Save_AReport_HasTheNamesThatScriptsRead()
    {
        string path = _folder["report.json"];
        Example().Save(path);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement root = json.RootElement;
        Assert.Multiple(() =>
        {
            foreach (string name in new[] { "accuracy", "uar", "macroF1" })
            {
                Assert.That(root.GetProperty(name).GetProperty("value").GetDouble(), Is.InRange(0, 1));
                Assert.That(root.GetProperty(name).GetProperty("ci95").GetArrayLength(), Is.EqualTo(2));
            }
            Assert.That(root.GetProperty("perClass").GetProperty("a").GetProperty("recall").GetDouble(), Is.EqualTo(1));
            Assert.That(root.GetProperty("perClass").GetProperty("b").GetProperty("support").GetInt32(), Is.EqualTo(2));
            Assert.That(root.GetProperty("perSpeaker").GetProperty("s1").GetProperty("accuracy").GetDouble(), Is.EqualTo(0.75));
            Assert.That(root.GetProperty("confusion")[1][2].GetInt32(), Is.EqualTo(1));
            Assert.That(root.GetProperty("labels")[2].GetString(), Is.EqualTo("c"));
            JsonElement calibration = root.GetProperty("calibration");
            Assert.That(calibration.GetProperty("ece").GetDouble(), Is.EqualTo(0.25).Within(1e-6));
            Assert.That(calibration.GetProperty("eceIfCalibrated").GetDouble(), Is.Zero, "confidences of 1");
            Assert.That(calibration.GetProperty("eceDebiased").GetProperty("ci95").GetArrayLength(), Is.EqualTo(2));
            Assert.That(calibration.GetProperty("brier").GetProperty("value").GetDouble(), Is.EqualTo(0.5));
            Assert.That(calibration.GetProperty("bins").GetArrayLength(), Is.EqualTo(15));
            Assert.That(root.GetProperty("intervalMethods").GetProperty("ci95").GetString(), Does.Contain("2,000 resamples"));
            Assert.That(root.GetProperty("predictionsOfAbsentLabels").GetProperty("c").GetInt32(), Is.EqualTo(1));
            Assert.That(root.GetProperty("protocol").GetProperty("speakersInBothParts").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("protocol").GetProperty("split").GetString(), Is.EqualTo("random"));
            Assert.That(root.GetProperty("utterances").GetProperty("leftOutByLabel").GetProperty("calm").GetInt32(), Is.EqualTo(3));
            Assert.That(root.GetProperty("parameters").GetInt64(), Is.EqualTo(49655));
            Assert.That(root.GetProperty("seconds").GetProperty("training").GetDouble(), Is.EqualTo(12.5));
            Assert.That(root.GetProperty("seed").GetInt32(), Is.EqualTo(5));
            Assert.That(root.GetProperty("version").GetString(), Does.Match(@"^\d+\.\d+"));
        });
    }

    [Test]
    public void Save_TheMatrix_StandsOneRowALine()
    {
        string path = _folder["report.json"];
        Example().Save(path);
        Assert.That(File.ReadAllText(path), Does.Contain("\n  \"confusion\": [\n    [2, 0, 0],\n    [0, 1, 1],\n    [0, 0, 0]\n  ],\n"));
    }

    [Test]
    public void Load_WhatWasSaved_GivesTheSameText()
    {
        string first = _folder["first.json"], second = _folder["second.json"];
        Example().Save(first);
        EvaluationReport read = EvaluationReport.Load(first);
        read.Save(second);
        Assert.That(File.ReadAllText(second), Is.EqualTo(File.ReadAllText(first)));
        Assert.That(read.Matrix.Scores, Is.EqualTo(Example().Matrix.Scores));
    }

    [Test]
    public void Save_CultureWithDecimalCommas_GivesTheSameText()
    {
        string first = _folder["first.json"], second = _folder["second.json"];
        Example().Save(first);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.That($"{0.5}", Is.EqualTo("0,5"));
            Example().Save(second);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.That(File.ReadAllText(second), Is.EqualTo(File.ReadAllText(first)));
    }

    [Test]
    public void Load_AnotherFile_NamesIt()
    {
        string path = _folder["other.json"];
        File.WriteAllText(path, """{ "accuracy": 0.9 }""");
        Assert.That(() => EvaluationReport.Load(path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("other.json"));
    }

    private static EvaluationReport Example() => EvaluationReport.Create(
        "example",
        Metrics.Compute(ScoredUtterances.Abc, ScoredUtterances.From(ScoredUtterances.Abc, [0, 0, 1, 1], [0, 0, 1, 2], "s1"), seed: 5),
        Protocol.FromSplit(SplitBy.Random, ["s1"], ["s1"]),
        new Dictionary<string, int> { ["calm"] = 3 },
        parameters: 49655,
        new OrderedDictionary<string, double> { ["corpus"] = 1.5, ["training"] = 12.5 },
        seed: 5);
}
