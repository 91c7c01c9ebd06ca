using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Reports;

internal sealed class ModelCardTests
{
    [Test]
    public void Markdown_ARun_HasTheMetricsOfItsReport()
    {
        // By hand: 12 utterances, recalls 0.8 and 0.5, so accuracy 75 %, UAR 65 %.
        string text = Card(SplitBy.Speaker, ["OAF"], ["YAF"], CorpusKind.Tess).Markdown();
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.StartWith("# tess\n"));
            Assert.That(text, Does.Match(@"\| accuracy \| 75\.0\u00A0% \| \d+\.\d\u00A0% to "));
            Assert.That(text, Does.Contain("| unweighted average recall | 65.0\u00A0% |"));
            Assert.That(text, Does.Contain("| a\\|b | 88.9\u00A0% | 80.0\u00A0% |"));
            Assert.That(text, Does.Contain("The most frequent misclassifications are c as a|b (50.0\u00A0%), a|b as c (20.0\u00A0%)."));
            Assert.That(text, Does.Contain("CC BY-NC-ND 4.0"));
            Assert.That(text, Does.Contain("The one test speaker was not seen in training"));
            Assert.That(text, Does.Contain("2 more utterances were left out").And.Contain("calm 2"));
            Assert.That(text, Does.Contain("acted speech"));
            Assert.That(text, Does.Contain("49,655 parameters"));
            Assert.That(text, Does.Contain("speech-emotion predict clip.wav --model tess"));
        });
    }

    [Test]
    public void Markdown_SyntheticRun_WarnsAgainstUse()
    {
        string text = Card(SplitBy.Speaker, ["1"], ["2"], CorpusKind.Synthetic).Markdown();
        Assert.That(text, Does.Contain("no use on real speech").And.Contain("say nothing about real speech")
            .And.Not.Contain("acted speech"));
    }

    [Test]
    public void Markdown_SharedSpeakers_StatesIt()
    {
        Assert.That(Card(SplitBy.Random, ["OAF", "YAF"], ["OAF", "YAF"], CorpusKind.Tess).Markdown(),
            Does.Contain("All 2 test speakers were also seen in training"));
    }

    [Test]
    public void Markdown_ATrainedModel_StatesItsReproducibility()
    {
        ModelCard card = Card(SplitBy.Speaker, ["OAF"], ["YAF"], CorpusKind.Tess);
        Assert.That(card.Markdown(), Does.Not.Contain("reproducibility"));
        string sentence = Reproducibility.Describe(new LibTorchLevel(CpuLevel.Native), "cpu");
        card = card with { Report = card.Report with { Reproducible = sentence } };
        Assert.That(card.Markdown(),
            Does.Contain("- reproducibility: The same config, seed and corpus give the same weights to the last bit, "
                + "whatever --threads is, on the same machine ").And.Contain("at level native"));
    }

    [Test]
    public void Markdown_EveryKindOfCorpus_HasItsTerms()
    {
        foreach (CorpusKind kind in Enum.GetValues<CorpusKind>())
            Assert.That(CorpusTerms.GetTerms(kind), Has.Length.GreaterThan(20));
    }

    [Test]
    public void Markdown_Tables_HaveAsManyCellsInEachRowAsInTheHead()
    {
        string[] lines = Card(SplitBy.Random, ["s"], ["s"], CorpusKind.Tess).Markdown().Replace("\\|", "", StringComparison.Ordinal)
            .Split('\n');
        int rows = 0;
        for (int i = 1; i < lines.Length; i++)
            if (lines[i].StartsWith('|') && lines[i - 1].StartsWith('|'))
            {
                rows++;
                Assert.That(lines[i].Count(c => c == '|'), Is.EqualTo(lines[i - 1].Count(c => c == '|')), lines[i]);
            }
        Assert.That(rows, Is.EqualTo(4 + 2 + 2 + 3), "rule and rows of the tables");
    }

    private static ModelCard Card(SplitBy by, string[] training, string[] test, CorpusKind kind)
    {
        string[] labels = ["a|b", "c"];
        ConfusionMatrix matrix = ConfusionMatrix.From(labels, [[8, 2], [1, 1]]);
        List<ScoredUtterance> scoredUtterances = [];
        for (int truth = 0; truth < 2; truth++)
            for (int predicted = 0; predicted < 2; predicted++)
                for (int i = 0; i < matrix[truth, predicted]; i++)
                    scoredUtterances.Add(new ScoredUtterance($"{truth}{predicted}{i}.wav", test[0], labels[truth], labels[predicted],
                        EmotionClassifier.ByLabel(labels, predicted == 0 ? [0.9f, 0.1f] : [0.1f, 0.9f])));
        return new ModelCard
        {
            Name = "tess",
            Model = "conv, 64-64, attention",
            Input = "16 kHz",
            Corpora = new OrderedDictionary<string, CorpusKind> { ["mine"] = kind },
            TrainingUtterances = 2000,
            ValidationUtterances = 240,
            TrainingSpeakers = training.Length,
            Report = EvaluationReport.Create("tess", Metrics.Compute(labels, scoredUtterances, seed: 1),
                Protocol.FromSplit(by, training, test, kind == CorpusKind.Synthetic),
                new Dictionary<string, int> { ["calm"] = 2 }, 49655, new Dictionary<string, double>(), 1),
        };
    }
}
