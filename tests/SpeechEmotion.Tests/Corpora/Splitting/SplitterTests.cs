using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora.Splitting;

internal sealed class SplitterTests
{
    [Test]
    public void Split_AnyCorpusAndKind_KeepsWhatItPromises() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll<int, byte, bool>(KeepsWhatItPromises));

    [Test]
    public void Split_RandomWithoutCopies_KeepsProportionsToOneUtterance() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll<int, byte>(KeepsProportions));

    [Test]
    public void Split_TestOfZero_TrainsAndValidatesOnEverything()
    {
        CorpusItem[] items = Items(3, copies: true);
        CorpusSplit split = Splitter.Split(items, new SplitSettings { Test = 0 }, 1);
        Assert.That(split.IndicesOf(Part.Test), Is.Empty);
        Assert.That(split.IndicesOf(Part.Validation), Is.Not.Empty);
        Assert.That(Splitter.Split(items, new SplitSettings { Test = 0, Validation = 0 }, 1).IndicesOf(Part.Train),
            Has.Count.EqualTo(items.Length));
    }

    private static void KeepsWhatItPromises(int seed, byte kind, bool copies)
    {
        CorpusItem[] items = Items(seed, copies);
        SplitSettings settings = new() { By = (SplitBy)(kind % 3), ValidationBy = (ValidationBy)(kind / 3 % 4) };

        CorpusSplit split = Splitter.Split(items, settings, seed);

        Assert.That(split.Parts, Has.Count.EqualTo(items.Length));
        Assert.That(split.Parts.Distinct().Count(), Is.EqualTo(3), "no part is empty");
        Assert.That(Crossing(items, split, item => $"{item.DuplicateGroup}"), Is.Empty, "a group crosses");
        Assert.That(Splitter.Split(items, settings, seed).Parts, Is.EqualTo(split.Parts), "reproducible");
        if (settings.By == SplitBy.Speaker)
            Assert.That(split.SharedSpeakers, Is.Empty);
        Func<CorpusItem, string>? apart = settings.By switch
        {
            SplitBy.Speaker => item => item.Utterance.Speaker,
            SplitBy.Text => item => item.Utterance.Text.ToUpperInvariant(),
            _ => null,
        };
        if (apart is not null)
            Assert.That(Crossing(items, Merged(split, Part.Validation, Part.Train), apart), Is.Empty, "training and test");
        Func<CorpusItem, string>? validation = split.ValidationBy switch
        {
            ValidationBy.Speaker => item => item.Utterance.Speaker,
            ValidationBy.Text => item => item.Utterance.Text.ToUpperInvariant(),
            _ => null,
        };
        if (validation is not null)
        {
            int[] kept = [.. Enumerable.Range(0, items.Length).Where(i => split.Parts[i] != Part.Test)];
            CorpusSplit rest = split with { Parts = [.. kept.Select(i => split.Parts[i])] };
            Assert.That(Crossing([.. kept.Select(i => items[i])], rest, validation), Is.Empty, "training and validation");
        }
    }

    private static void KeepsProportions(int seed, byte percent)
    {
        CorpusItem[] items = Items(seed, copies: false);
        double share = 0.1 + percent % 60 / 100.0;

        CorpusSplit split = Splitter.Split(items, new SplitSettings { Test = share, Validation = 0.2 }, seed);

        foreach (IGrouping<string, int> emotion in Enumerable.Range(0, items.Length).GroupBy(i => items[i].Utterance.Emotion))
        {
            int test = emotion.Count(i => split.Parts[i] == Part.Test), validation = emotion.Count(i => split.Parts[i] == Part.Validation);
            Assert.That(test, Is.EqualTo(share * emotion.Count()).Within(1));
            Assert.That(validation, Is.EqualTo(0.2 * (emotion.Count() - test)).Within(1));
        }
        Assert.That(split.IndicesOf(Part.Test), Has.Count.EqualTo(share * items.Length).Within(1));
    }

    [Test]
    public void Split_OtherSeed_GivesOtherParts()
    {
        CorpusItem[] items = Items(1, copies: false);

        Assert.That(Splitter.Split(items, new SplitSettings(), 2).Parts,
            Is.Not.EqualTo(Splitter.Split(items, new SplitSettings(), 1).Parts));
    }

    [Test]
    public void Split_TwoSpeakersOneNamed_ValidatesByText()
    {
        IReadOnlyList<CorpusItem> items = Grid(["OAF", "YAF"], ["anger", "fear"], 10);

        CorpusSplit split = Splitter.Split(items, new SplitSettings { By = SplitBy.Speaker, TestSpeakers = ["YAF"] }, 1);

        Assert.That(split.IndicesOf(Part.Test).Select(i => items[i].Utterance.Speaker), Has.All.EqualTo("YAF"));
        Assert.That(split.IndicesOf(Part.Test), Has.Count.EqualTo(20));
        Assert.That(split.ValidationBy, Is.EqualTo(ValidationBy.Text));
        Assert.That(split.IndicesOf(Part.Validation), Has.Count.EqualTo(2));
        Assert.That(split.SharedSpeakers, Is.Empty);
    }

    [Test]
    public void Split_TwelveSpeakers_DrawsWholeSpeakersForBothParts()
    {
        IReadOnlyList<CorpusItem> items = Grid([.. Enumerable.Range(1, 12).Select(i => $"Actor_{i:00}")], ["anger", "fear"], 4);

        CorpusSplit split = Splitter.Split(items, new SplitSettings { By = SplitBy.Speaker }, 1);

        Assert.That(Enum.GetValues<Part>()
            .Select(part => split.IndicesOf(part).Select(i => items[i].Utterance.Speaker).Distinct().Count()),
            Is.EqualTo(new[] { 9, 1, 2 }));
        Assert.That(split.ValidationBy, Is.EqualTo(ValidationBy.Speaker));
    }

    [Test]
    public void Split_RandomWithSpeakersOnBothSides_NamesThem()
    {
        CorpusSplit split = Splitter.Split(Grid(["OAF", "YAF"], ["anger", "fear"], 10), new SplitSettings(), 1);

        Assert.That(split.SharedSpeakers, Is.EqualTo(new[] { "OAF", "YAF" }));
    }

    [Test]
    public void Split_Predefined_TakesTheCorpusParts()
    {
        IReadOnlyList<CorpusItem> items = [.. Grid(["a", "b", "c"], ["anger"], 4).Select((item, i) =>
            item with { Utterance = item.Utterance with { Part = item.Utterance.Speaker == "a" ? Part.Test : Part.Train } })];

        CorpusSplit split = Splitter.Split(items, new SplitSettings { By = SplitBy.Predefined }, 1);

        Assert.That(split.IndicesOf(Part.Test).Select(i => items[i].Utterance.Speaker).Distinct(), Is.EqualTo(new[] { "a" }));
        Assert.That(split.ValidationBy, Is.EqualTo(ValidationBy.Speaker), "the corpus keeps speakers apart, so validation does");
    }

    [Test]
    public void Split_PredefinedDividesCopies_MovesThemToTheTestPart()
    {
        CorpusItem[] items = [.. Grid(["a"], ["anger"], 6).Select((item, i) =>
            item with { Utterance = item.Utterance with { Part = i < 2 ? Part.Test : i < 4 ? Part.Validation : Part.Train } })];
        items[5] = items[5] with { DuplicateGroup = 0 };

        CorpusSplit split = Splitter.Split(items, new SplitSettings { By = SplitBy.Predefined }, 1);

        Assert.That(split.Parts, Is.EqualTo(new[] { Part.Test, Part.Test, Part.Validation, Part.Validation, Part.Train, Part.Test }));
        Assert.That(split.Notes.Single(),
            Is.EqualTo($"{items[5].Utterance.Path} goes from train to test: it is a copy or a segment of a recording there"));
        Assert.That(split.ValidationBy, Is.Null);
    }

    [Test]
    public void Split_NoValidation_LeavesNone()
    {
        CorpusSplit split = Splitter.Split(Grid(["a", "b"], ["anger", "fear"], 10), new SplitSettings { Validation = 0 }, 1);

        Assert.That(split.IndicesOf(Part.Validation), Is.Empty);
        Assert.That(split.ValidationBy, Is.Null);
    }

    [Test]
    public void Split_UnknownSpeaker_NamesTheKnownOnes() =>
        Assert.That(
            () => Splitter.Split(Grid(["OAF", "YAF"], ["anger"], 4), new SplitSettings { By = SplitBy.Speaker, TestSpeakers = ["YAP"] }, 1),
            Throws.ArgumentException.With.Message.EqualTo("Split.TestSpeakers = YAP: no such speaker; the corpus has OAF, YAF"));

    [Test]
    public void Split_SpeakersWithoutTheirCorpus_AreFound()
    {
        IReadOnlyList<CorpusItem> items = Grid(["one/a", "one/b", "two/a", "two/c", "two/d"], ["anger", "fear"], 4);
        SplitSettings settings = new() { By = SplitBy.Speaker, TestSpeakers = ["b", "two/a"], ValidationSpeakers = ["c"] };

        CorpusSplit split = Splitter.Split(items, settings, 1);

        IEnumerable<string> Speakers(Part part) => split.IndicesOf(part).Select(i => items[i].Utterance.Speaker).Distinct();
        Assert.That(Speakers(Part.Test), Is.EqualTo(new[] { "one/b", "two/a" }));
        Assert.That(Speakers(Part.Validation), Is.EqualTo(new[] { "two/c" }));
        Assert.That(Splitter.Split(items, settings with { TestSpeakers = ["one/b", "two/a"], ValidationSpeakers = ["two/c"] }, 1).Parts,
            Is.EqualTo(split.Parts));
    }

    [Test]
    public void Split_ValidationSpeakerTestsUnderAnotherName_IsRefused() =>
        Assert.That(
            () => Splitter.Split(
                Grid(["x/a", "x/b", "x/c"], ["anger"], 4),
                new SplitSettings { By = SplitBy.Speaker, TestSpeakers = ["a"], ValidationSpeakers = ["x/a"] }, 1),
            Throws.ArgumentException.With.Message.EqualTo("Split.ValidationSpeakers = x/a: is among Split.TestSpeakers"));

    [Test]
    public void Split_ValidationSpeakerTests_IsRefused() =>
        Assert.That(
            () => Splitter.Split(
                Grid(["a", "b", "c"], ["anger"], 4),
                new SplitSettings { By = SplitBy.Speaker, TestSpeakers = ["a"], ValidationSpeakers = ["a"] }, 1),
            Throws.ArgumentException.With.Message.EqualTo("Split.ValidationSpeakers = a: is among Split.TestSpeakers"));

    [Test]
    public void Split_SpeakerUnknown_NamesTheFirstUtterance()
    {
        CorpusItem[] items = [.. Grid(["a", ""], ["anger"], 2)];

        Assert.That(
            () => Splitter.Split(items, new SplitSettings { By = SplitBy.Speaker }, 1),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
                $"Split.By = speaker: the corpus does not say the speaker of 2 utterances, the first is {items[2].Utterance.Path}"));
    }

    [Test]
    public void Split_OneSpeaker_StatesThatItNeedsTwo() =>
        Assert.That(
            () => Splitter.Split(Grid(["a"], ["anger"], 4), new SplitSettings { By = SplitBy.Speaker }, 1),
            Throws.ArgumentException.With.Message.Contains("one speaker ('a')"));

    [Test]
    public void Split_EmotionOfOneSpeakerAlone_CannotTestOnThatSpeaker()
    {
        IReadOnlyList<CorpusItem> items = [.. Grid(["a", "b"], ["anger"], 4), .. Grid(["b"], ["fear"], 4)];

        Assert.That(
            () => Splitter.Split(Numbered(items), new SplitSettings { By = SplitBy.Speaker, TestSpeakers = ["b"] }, 1),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("Split.By = speaker leaves no utterance of fear for training"));
    }

    [Test]
    public void Split_PredefinedWithoutParts_NamesTheFirst() =>
        Assert.That(
            () => Splitter.Split(Grid(["a"], ["anger"], 4), new SplitSettings { By = SplitBy.Predefined }, 1),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("names no part for 4 utterances"));

    [Test]
    public void Split_OneUtterance_StatesWhichPartIsEmpty() =>
        Assert.That(
            () => Splitter.Split(Grid(["a"], ["anger"], 1), new SplitSettings(), 1),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("leaves the test part empty"));

    [Test]
    public void WriteRead_Split_RoundTripsAndMatchesByHash()
    {
        using TemporaryFolder folder = new();
        CorpusItem[] items = [.. Grid(["a, \"b\"", "声"], ["anger", "fear"], 3)];
        IReadOnlyList<Part> parts = Splitter.Split(items, new SplitSettings(), 1).Parts;
        string path = folder["split.csv"];

        SplitFile.Write(path, items, parts);
        IReadOnlyList<SplitRow> rows = SplitFile.Read(path);

        Assert.That(rows, Is.EqualTo(items.Zip(parts, (item, part) =>
            new SplitRow(item.Utterance.Path, item.Sha256, item.Utterance.Speaker, item.Utterance.Emotion, part))));
        Assert.That(File.ReadAllText(path), Does.StartWith("path,sha256,speaker,emotion,part\n").And.Not.Contains("\r"));
        CorpusItem stranger = items[0] with { Sha256 = "new", DuplicateGroup = 99 }, copy = items[1] with { Sha256 = "other" };
        Assert.That(SplitFile.Match(rows, [.. items, stranger, copy]),
            Is.EqualTo(parts.Select(part => (Part?)part).Concat([null, parts[1]])));
    }

    [Test]
    public void Read_SplitWithUnknownPart_NamesLineAndColumn()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["split.csv"], "path,sha256,speaker,emotion,part\na,b,c,d,exam\n");

        Assert.That(
            () => SplitFile.Read(folder["split.csv"]),
            Throws.TypeOf<InvalidDataException>().With.Message.EndsWith("line 2, column part: 'exam' is none of train, validation, test"));
    }

    /// <summary>Keys that stand on more than one side.</summary>
    private static IEnumerable<string> Crossing(CorpusItem[] items, CorpusSplit split, Func<CorpusItem, string> key) =>
        Enumerable.Range(0, items.Length).GroupBy(i => key(items[i]))
            .Where(group => group.Select(i => split.Parts[i]).Distinct().Count() > 1)
            .Select(group => group.Key);

    private static CorpusSplit Merged(CorpusSplit split, Part from, Part to) =>
        split with { Parts = [.. split.Parts.Select(part => part == from ? to : part)] };

    /// <summary>A corpus of uneven size: 8 to 12 speakers, 10 texts, 3 emotions, and copies of some utterances in other places.</summary>
    private static CorpusItem[] Items(int seed, bool copies)
    {
        SeededRandom random = Seeds.Random(seed, "test-corpus");
        int speakers = 8 + random.Next(5);
        CorpusItem[] items = [.. Grid([.. Enumerable.Range(0, speakers).Select(i => $"s{i}")], ["anger", "fear", "calm"], 10)];
        random.Shuffle<CorpusItem>(items);
        items = items[..(items.Length - random.Next(items.Length / 5))];
        items = [.. Numbered(items)];
        if (copies)
            for (int i = 0; i < 3; i++)
            {
                int of = random.Next(items.Length), to = random.Next(items.Length);
                items[to] = items[to] with { DuplicateGroup = items[of].DuplicateGroup };
            }
        return items;
    }

    [Test]
    public void Split_ByCorpus_TestsTheNamedOneAndLeavesItsOwnLabelsUntrained()
    {
        CorpusItem[] items = ThreeCorpora();
        var settings = new SplitSettings { By = SplitBy.Corpus, TestCorpora = ["b"], Validation = 0.3 };
        CorpusSplit split = Splitter.Split(items, settings, 1);
        Assert.That(items.Zip(split.Parts).Where(pair => pair.Second == Part.Test).Select(pair => pair.First.Utterance.Corpus).Distinct(),
            Is.EqualTo(new[] { "b" }));
        Assert.That(items.Zip(split.Parts).Where(pair => pair.First.Utterance.Corpus == "b").Select(pair => pair.Second),
            Is.All.EqualTo(Part.Test));
        Assert.That(split.ValidationBy, Is.EqualTo(ValidationBy.Speaker));
    }

    [TestCase("", "name the corpora to test in Split.TestCorpora")]
    [TestCase("d", "Split.TestCorpora = d: no such corpus; there are a, b, c")]
    public void Split_ByCorpusWithoutOne_SaysWhatThereIs(string name, string expected)
    {
        var settings = new SplitSettings { By = SplitBy.Corpus, TestCorpora = name.Length == 0 ? [] : [name] };
        Assert.That(() => Splitter.Split(ThreeCorpora(), settings, 1), Throws.ArgumentException.With.Message.Contains(expected));
    }

    [Test]
    public void Split_FoldsByCorpus_AreOnePerCorpusInTheOrderOfNames([Values(1, 2, 3)] int fold)
    {
        CorpusItem[] items = ThreeCorpora();
        CorpusSplit split = Splitter.Split(items, new SplitSettings { By = SplitBy.Corpus, Folds = 6, Fold = fold }, 1);
        Assert.That(items.Zip(split.Parts).Where(pair => pair.Second == Part.Test).Select(pair => pair.First.Utterance.Corpus).Distinct(),
            Is.EqualTo(new[] { "abc"[fold - 1].ToString() }));
    }

    /// <summary>Corpora a, b and c of three speakers each; b alone has boredom.</summary>
    private static CorpusItem[] ThreeCorpora() =>
        [.. Numbered([.. from corpus in new[] { "c", "a", "b" }
                         from item in Grid([$"{corpus}/1", $"{corpus}/2", $"{corpus}/3"],
                             corpus == "b" ? ["anger", "boredom", "fear"] : ["anger", "fear"], 4)
                         select item with { Utterance = item.Utterance with { Corpus = corpus } }])];

    private static IReadOnlyList<CorpusItem> Grid(string[] speakers, string[] emotions, int texts) =>
        Numbered([.. from speaker in speakers
                     from emotion in emotions
                     from text in Enumerable.Range(0, texts)
                     select new CorpusItem(0, new Utterance($"{speaker}/{emotion}/{text}.wav", emotion, speaker, $"Word {text}"),
                         $"hash of {speaker} {emotion} {text}", 1, 16000, 0)]);

    private static IReadOnlyList<CorpusItem> Numbered(IReadOnlyList<CorpusItem> items) =>
        [.. items.Select((item, i) => item with { Index = i, DuplicateGroup = i })];
}
