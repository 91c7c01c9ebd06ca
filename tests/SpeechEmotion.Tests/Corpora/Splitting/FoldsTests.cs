using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora.Splitting;

internal sealed class FoldsTests
{
    [Test]
    public void Assign_AnyCorpusAndKind_TestsEveryUtteranceOnceAndKeepsCopiesAndKeysTogether() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll<int, byte, bool>(KeepsWhatItPromises));

    private static void KeepsWhatItPromises(int seed, byte kind, bool copies)
    {
        CorpusItem[] items = Items(seed, copies);
        SplitSettings settings = new() { By = (SplitBy)(kind % 3), Folds = 2 + (kind / 3 % 4), ValidationBy = ValidationBy.Random };

        IReadOnlyList<int> folds = Folds.Assign(items, settings, seed);

        Assert.That(folds, Has.Count.EqualTo(items.Length));
        Assert.That(folds.Distinct().Order(), Is.EqualTo(Enumerable.Range(1, settings.Folds)), "no fold is empty");
        Assert.That(Folds.Assign(items, settings, seed), Is.EqualTo(folds), "reproducible");
        AssertTogether(items, folds, item => $"{item.DuplicateGroup}");
        if (settings.By == SplitBy.Speaker)
            AssertTogether(items, folds, item => item.Utterance.Speaker);
        if (settings.By == SplitBy.Text)
            AssertTogether(items, folds, item => item.Utterance.Text.ToUpperInvariant());
        int[] tested = new int[items.Length];
        for (int fold = 1; fold <= settings.Folds; fold++)
        {
            CorpusSplit split = Splitter.Split(items, settings with { Fold = fold }, seed);
            Assert.That(split.IndicesOf(Part.Test), Is.EqualTo(Enumerable.Range(0, items.Length).Where(i => folds[i] == fold)));
            Assert.That(split.IndicesOf(Part.Validation), Is.Not.Empty);
            foreach (int i in split.IndicesOf(Part.Test))
                tested[i]++;
        }
        Assert.That(tested, Has.All.EqualTo(1));
    }

    [TestCase(2)]
    [TestCase(5)]
    [TestCase(7)]
    public void Assign_RandomWithoutCopies_KeepsEmotionsAndSizesToOneUtterance(int count)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            CorpusItem[] items = Items(seed, copies: false);
            IReadOnlyList<int> folds = Folds.Assign(items, new SplitSettings { Folds = count }, seed);
            AssertEven([.. folds.CountBy(fold => fold).Select(pair => pair.Value)]);
            foreach (IGrouping<string, int> emotion in Enumerable.Range(0, items.Length).GroupBy(i => items[i].Utterance.Emotion))
                AssertEven([.. emotion.CountBy(i => folds[i]).Select(pair => pair.Value)]);
        }
    }

    [TestCase(6, new[] { 2, 2, 2, 2, 2, 2 })]
    [TestCase(5, new[] { 2, 2, 2, 3, 3 })]
    public void Assign_TwelveSpeakers_DealsThemEvenly(int count, int[] speakers)
    {
        CorpusItem[] items = Grid([.. Enumerable.Range(1, 12).Select(i => $"{i:00}")], ["anger", "fear"], 4);

        IReadOnlyList<int> folds = Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, Folds = count }, 1);

        Assert.That(Speakers(items, folds).Select(names => names.Length).Order(), Is.EqualTo(speakers));
    }

    [Test]
    public void Assign_OneFoldASpeaker_GoesByName()
    {
        CorpusItem[] items = Grid(["c", "a", "b"], ["anger", "fear"], 2);

        IReadOnlyList<int> folds = Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, Folds = 0 }, 1);

        Assert.That(Speakers(items, folds), Is.EqualTo(new[] { new[] { "a" }, ["b"], ["c"] }));
    }

    [Test]
    public void Assign_CopiesTieTwoSpeakers_TheyShareAFold()
    {
        CorpusItem[] items = Grid(["a", "b", "c"], ["anger", "fear"], 2);
        items[^1] = items[^1] with { DuplicateGroup = items[0].DuplicateGroup };

        IReadOnlyList<int> folds = Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, Folds = 0 }, 1);

        Assert.That(Speakers(items, folds), Is.EqualTo(new[] { new[] { "a", "c" }, ["b"] }));
    }

    [Test]
    public void Assign_GivenSpeakers_MakeTheFolds()
    {
        CorpusItem[] items = Grid(["01", "02", "03", "04"], ["anger", "fear"], 2);

        IReadOnlyList<int> folds = Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, FoldSpeakers = ["04+01", "02 + 03"] }, 1);

        Assert.That(Speakers(items, folds), Is.EqualTo(new[] { new[] { "01", "04" }, ["02", "03"] }));
    }

    [Test]
    public void Assign_GivenSpeakersWithAndWithoutTheirCorpus_MakeTheFolds()
    {
        CorpusItem[] items = Grid(["x/01", "x/02", "y/01", "y/03"], ["anger", "fear"], 2);
        SplitSettings settings = new() { By = SplitBy.Speaker, FoldSpeakers = ["03+x/01", "02 + y/01"] };

        Assert.That(Speakers(items, Folds.Assign(items, settings, 1)), Is.EqualTo(new[] { new[] { "x/01", "y/03" }, ["x/02", "y/01"] }));
        Assert.That(() => Folds.Assign(items, settings with { FoldSpeakers = ["03+x/01", "02+y/01+y/03"] }, 1),
            Throws.ArgumentException.With.Message.EqualTo("Split.FoldSpeakers = y/03: is named twice, once as 03"));
    }

    [Test]
    public void Assign_OtherSeed_GivesOtherFolds()
    {
        CorpusItem[] items = Items(1, copies: false);

        Assert.That(Folds.Assign(items, new SplitSettings(), 2), Is.Not.EqualTo(Folds.Assign(items, new SplitSettings(), 1)));
    }

    [Test]
    public void Assign_GivenSpeakersMissOne_NamesIt() =>
        Assert.That(
            () => Folds.Assign(Grid(["a", "b", "c"], ["anger"], 2), new SplitSettings { By = SplitBy.Speaker, FoldSpeakers = ["a", "b"] },
                1),
            Throws.ArgumentException.With.Message.EqualTo(
                "Split.FoldSpeakers: every speaker must be in one fold (speakers of a fold are joined by +); in none is c"));

    [Test]
    public void Assign_GivenSpeakersDivideCopies_NamesThem()
    {
        CorpusItem[] items = Grid(["a", "b"], ["anger"], 2);
        items[^1] = items[^1] with { DuplicateGroup = items[0].DuplicateGroup };
        Assert.That(
            () => Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, FoldSpeakers = ["a", "b"] }, 1),
            Throws.ArgumentException.With.Message.Contains($"{items[0].Utterance.Path} and {items[^1].Utterance.Path} are copies"));
    }

    [Test]
    public void Assign_MoreFoldsThanSpeakers_IsOneFoldASpeaker()
    {
        CorpusItem[] items = Grid(["a", "b", "c"], ["anger"], 2);
        Assert.That(Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, Folds = 4 }, 1),
            Is.EqualTo(Folds.Assign(items, new SplitSettings { By = SplitBy.Speaker, Folds = 0 }, 1)));
    }

    [Test]
    public void Assign_MoreFoldsThanTexts_StatesHowManyThereCanBe() =>
        Assert.That(
            () => Folds.Assign([.. Grid(["a", "b"], ["anger"], 2)
                .Select(item => item with { Utterance = item.Utterance with { Text = item.Utterance.Speaker } })],
                new SplitSettings { By = SplitBy.Text, Folds = 4 }, 1),
            Throws.ArgumentException.With.Message.StartsWith("Split.Folds = 4: by text the corpus can be divided into 2 at most"));

    [Test]
    public void Split_FoldBeyondTheLast_StatesHowManyThereAre() =>
        Assert.That(
            () => Splitter.Split(Grid(["a", "b"], ["anger"], 2), new SplitSettings { By = SplitBy.Speaker, Folds = 0, Fold = 3 }, 1),
            Throws.ArgumentException.With.Message.EqualTo("Split.Fold = 3: there are 2 folds"));

    [TestCase("""{ "Folds": 1 }""", "Split.Folds = 1: must be from 2 to 10000, or 0 for one fold a speaker")]
    [TestCase("""{ "Folds": 0 }""", "Split.Folds = 0: one fold a speaker needs Split.By = speaker")]
    [TestCase("""{ "Fold": 6 }""", "Split.Fold = 6: must be from 0 to the number of folds, 5")]
    [TestCase("""{ "Fold": 1, "By": "predefined" }""",
        "Split.By = predefined: the corpus names one test part; folds need random, speaker, text or corpus")]
    [TestCase("""{ "Fold": 1, "By": "speaker", "TestSpeakers": ["a"] }""",
        "Split.TestSpeakers = a: every speaker tests in some fold; leave it empty ([]), or name the folds in Split.FoldSpeakers")]
    [TestCase("""{ "Fold": 1, "By": "speaker", "ValidationSpeakers": ["a"] }""",
        "Split.ValidationSpeakers = a: every speaker tests in some fold; leave it empty ([])")]
    [TestCase("""{ "FoldSpeakers": ["a", "b"] }""", "Split.FoldSpeakers = a,b: needs Split.By = speaker")]
    [TestCase("""{ "By": "speaker", "FoldSpeakers": ["a, b"] }""",
        """Split.FoldSpeakers = a, b: must name the speakers of at least two folds, those of one joined by +: ["01+02","03+04"]""")]
    [TestCase("""{ "By": "speaker", "FoldSpeakers": ["a+b", "b"] }""", "Split.FoldSpeakers = b: is named twice")]
    public void Parse_FoldsThatCannotBe_NamesTheRule(string split, string fault) =>
        Assert.That(
            () => SettingsFile.Parse($$"""{ "Split": {{split}} }""", "x"),
            Throws.TypeOf<SettingsException>().With.Message.EqualTo($"x: {fault}"));

    private static void AssertTogether(CorpusItem[] items, IReadOnlyList<int> folds, Func<CorpusItem, string> key) =>
        Assert.That(
            Enumerable.Range(0, items.Length).GroupBy(i => key(items[i])).Where(group => group.Select(i => folds[i]).Distinct().Count() > 1)
                .Select(group => group.Key),
            Is.Empty);

    private static void AssertEven(int[] counts) => Assert.That(counts.Max() - counts.Min(), Is.LessThanOrEqualTo(1));

    private static string[][] Speakers(CorpusItem[] items, IReadOnlyList<int> folds) =>
        [.. Enumerable.Range(0, items.Length).GroupBy(i => folds[i]).OrderBy(fold => fold.Key)
            .Select(fold => fold.Select(i => items[i].Utterance.Speaker).Distinct().Order(StringComparer.Ordinal).ToArray())];

    /// <summary>8 to 12 speakers, 10 texts, 3 emotions, some utterances missing, and copies of some in other places.</summary>
    private static CorpusItem[] Items(int seed, bool copies)
    {
        SeededRandom random = Seeds.Random(seed, "fold-test-corpus");
        CorpusItem[] items = Grid([.. Enumerable.Range(0, 8 + random.Next(5)).Select(i => $"s{i}")], ["anger", "fear", "calm"], 10);
        random.Shuffle<CorpusItem>(items);
        items = Numbered(items[..(items.Length - random.Next(items.Length / 5))]);
        for (int i = 0; copies && i < 3; i++)
        {
            int to = random.Next(items.Length);
            items[to] = items[to] with { DuplicateGroup = items[random.Next(items.Length)].DuplicateGroup };
        }
        return items;
    }

    private static CorpusItem[] Grid(string[] speakers, string[] emotions, int texts) => Numbered(
        [.. from speaker in speakers
            from emotion in emotions
            from text in Enumerable.Range(0, texts)
            select new CorpusItem(0, new Utterance($"{speaker}/{emotion}/{text}.wav", emotion, speaker, $"Word {text}"), "", 1, 16000, 0)]);

    private static CorpusItem[] Numbered(CorpusItem[] items) => [.. items.Select((item, i) => item with { Index = i, DuplicateGroup = i })];
}
