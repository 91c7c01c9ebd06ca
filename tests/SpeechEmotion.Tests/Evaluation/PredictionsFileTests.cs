using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class PredictionsFileTests
{
    private TemporaryFolder _folder = null!;
    private string _path = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _path = _folder["predictions.csv"];
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Save_ScoredUtterances_WritesOneLineEach()
    {
        PredictionsFile.Save(_path, ScoredUtterances.Abc,
            [ScoredUtterance.Create("OAF/x.wav", "tess/OAF", "a", ScoredUtterances.OfAbc(0.25f, 0.5f, 0.25f))]);
        Assert.That(File.ReadAllText(_path), Is.EqualTo("path,true,predicted,a,b,c,speaker\nOAF/x.wav,a,b,0.25,0.5,0.25,tess/OAF\n"));
    }

    [Test]
    public void Load_WhatWasSaved_IsTheSameToTheLastBit()
    {
        string[] labels = ["anger", "joy, \"loud\"", "Überraschung"];
        ScoredUtterance[] scoredUtterances = [
            ScoredUtterance.Create("a, b\"c.wav", "", labels[1], EmotionClassifier.ByLabel(labels, [1f / 3, 0.1f, 1e-30f])),
            ScoredUtterance.Create(
                " spaced .wav", "S 1", labels[0], EmotionClassifier.ByLabel(labels, [float.BitDecrement(1), float.Epsilon, 0]))];
        PredictionsFile.Save(_path, labels, scoredUtterances);

        (IReadOnlyList<string> readLabels, IReadOnlyList<ScoredUtterance> read) = PredictionsFile.Load(_path);
        Assert.That(readLabels, Is.EqualTo(labels));
        Assert.That(read, Has.Count.EqualTo(2));
        for (int i = 0; i < 2; i++)
        {
            Assert.That(read[i].Probabilities, Is.EqualTo(scoredUtterances[i].Probabilities));
            Assert.That(read[i] with { Probabilities = scoredUtterances[i].Probabilities }, Is.EqualTo(scoredUtterances[i]));
        }
    }

    [Test]
    public void Load_NotANumber_NamesTheLineAndTheCell()
    {
        File.WriteAllText(_path, "path,true,predicted,a,speaker\nx.wav,a,a,1,s\ny.wav,a,a,many,s\n");
        Assert.That(() => PredictionsFile.Load(_path),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 3").And.Message.Contains("'many'"));
    }

    [Test]
    public void Save_ProbabilitiesInAnotherOrder_GoUnderTheirLabels()
    {
        PredictionsFile.Save(_path, ["c", "a", "b"], [ScoredUtterance.Create("x.wav", "", "a", ScoredUtterances.OfAbc(0.2f, 0.7f, 0.1f))]);
        Assert.That(File.ReadAllText(_path), Does.EndWith("\nx.wav,a,b,0.1,0.2,0.7,\n"));
    }

    [Test]
    public void Load_LabelTwice_IsRefused()
    {
        File.WriteAllText(_path, "path,true,predicted,a,a,speaker\nx.wav,a,a,1,0,s\n");
        Assert.That(() => PredictionsFile.Load(_path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("twice"));
    }

    [Test]
    public void Load_ShortLine_NamesTheLine()
    {
        File.WriteAllText(_path, "path,true,predicted,a,speaker\nx.wav,a\n");
        Assert.That(() => PredictionsFile.Load(_path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("line 2"));
    }

    [Test]
    public void Load_AnotherTable_StatesWhatItMustBe()
    {
        File.WriteAllText(_path, "file,emotion\nx.wav,a\n");
        Assert.That(() => PredictionsFile.Load(_path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("path,true,predicted"));
    }
}
