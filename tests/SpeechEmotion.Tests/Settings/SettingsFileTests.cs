using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Settings;

public class SettingsFileTests
{
    [Test]
    public void Parse_Empty_GivesDefaults()
    {
        Assert.That(SettingsFile.ToJson(Parse("{}")), Is.EqualTo(SettingsFile.ToJson(new RunSettings())));
    }

    [Test]
    public void Parse_WrittenSettings_ReadsThemBack()
    {
        RunSettings settings = Parse("""
            { "Name": "a", "Seed": 7, "Corpus": { "Kind": "emo-db", "Labels": { "boredom": "", "anger": "angry" } },
              "Model": { "Kind": "conv-lstm", "Channels": [8], "Bidirectional": false }, "Training": { "LearningRate": 1e-3 } }
            """);
        string json = SettingsFile.ToJson(settings);

        Assert.That(SettingsFile.ToJson(Parse(json)), Is.EqualTo(json));
        Assert.That(settings.Corpus.Kind, Is.EqualTo(CorpusKind.EmoDb));
        Assert.That(settings.Corpus.Labels, Is.EquivalentTo(new Dictionary<string, string> { ["boredom"] = "", ["anger"] = "angry" }));
        Assert.That(settings.Model.Kind, Is.EqualTo(ModelKind.ConvLstm));
        Assert.That(settings.Model.Bidirectional, Is.False);
        Assert.That(settings.Training.LearningRate, Is.EqualTo(0.001));
    }

    [TestCase("Corpus.Kind=emo-db", 0)]
    [TestCase("corpus:kind=emo-db", 0)]
    [TestCase("Corpus.Labels={}", 2)]
    public void Parse_CorpusThatIsNamed_TakesThePlaceOfSeveral(string change, int sources)
    {
        RunSettings settings = SettingsFile.Parse("""{ "corpus": { "sources": [{ "Kind": "tess" }, { "Kind": "ravdess" }] } }""", "joined",
            [change]);
        Assert.That(settings.Corpus.Sources, Has.Count.EqualTo(sources));
        Assert.That(settings.Corpus.Kind, Is.EqualTo(sources == 0 ? CorpusKind.EmoDb : new CorpusSettings().Kind));
    }

    [Test]
    public void Parse_SourcesAfterAKind_Stay()
    {
        RunSettings settings = SettingsFile.Parse("{}", "joined", ["Corpus.Kind=emo-db", """Corpus.Sources=[{"Kind":"tess"}]"""]);
        Assert.That(settings.Corpus.Sources, Has.Count.EqualTo(1));
    }

    [Test]
    public void Parse_List_ReplacesTheDefault()
    {
        Assert.That(new RunSettings().Model.Channels, Has.Count.GreaterThan(1));
        Assert.That(Parse("""{ "Model": { "Channels": [16] } }""").Model.Channels, Is.EqualTo(new[] { 16 }));
    }

    [Test]
    public void Parse_EmptyList_ReplacesTheDefault()
    {
        Assert.That(Parse("""{ "Model": { "Kind": "lstm", "Channels": [] } }""").Model.Channels, Is.Empty);
    }

    [TestCase("[8, 12]")]
    [TestCase("8,12")]
    public void Parse_ListOverride_ReplacesTheFilesList(string value)
    {
        RunSettings settings = Parse("""{ "Model": { "Channels": [1, 2, 3] } }""", $"Model.Channels={value}");
        Assert.That(settings.Model.Channels, Is.EqualTo(new[] { 8, 12 }));
    }

    [Test]
    public void Parse_Overrides_GoBeforeTheFileInAnyCase()
    {
        RunSettings settings = Parse("""{ "Training": { "Epochs": 3 } }""", "training.epochs=5", "Split.TestSpeakers=07",
            "Split.By=speaker", "Name=a=b");
        Assert.That(settings.Training.Epochs, Is.EqualTo(5));
        Assert.That(settings.Split.TestSpeakers, Is.EqualTo(new[] { "07" }));
        Assert.That(settings.Name, Is.EqualTo("a=b"));
    }

    [Test]
    public void Parse_UnknownKey_SuggestsTheNearest()
    {
        Assert.That(Faults("""{ "Training": { "Epoch": 3 } }"""),
            Is.EqualTo(new[] { "Training.Epoch: unknown setting; did you mean Epochs?" }));
        Assert.That(Faults("""{ "Trainig": { } }"""), Is.EqualTo(new[] { "Trainig: unknown setting; did you mean Training?" }));
    }

    [Test]
    public void Parse_SeveralFaults_ReportsEachWithItsPath()
    {
        IReadOnlyList<string> faults = Faults("""
            { "Corpus": { "Kind": "tes" }, "Features": { "HopLength": "wide", "Mel": 3 }, "Model": { "Channels": [8, "x"] }, "Training": 5 }
            """);
        Assert.That(faults, Has.Count.EqualTo(5));
        Assert.That(faults, Has.Some.StartsWith("Corpus.Kind = tes: must be one of synthetic, tess, ravdess"));
        Assert.That(faults, Has.Some.EqualTo("Features.HopLength = wide: must be a whole number"));
        Assert.That(faults, Has.Some.EqualTo("Features.Mel = 3: must be true or false"));
        Assert.That(faults, Has.Some.EqualTo("Model.Channels[1] = x: must be a whole number"));
        Assert.That(faults, Has.Some.EqualTo("Training = 5: must be an object { … }"));
    }

    [TestCase("""{ "Model": { "Channels": [1000000000] } }""", "Model.Channels[0] = 1000000000: must be from 1 to 4096")]
    [TestCase("""{ "Model": { "Channels": [8, 99999999999999999999] } }""",
        "Model.Channels[1] = 99999999999999999999: must be a whole number")]
    [TestCase("""{ "Model": { "Kind": "lstm", "LstmUnits": 1000000, "LstmLayers": 1000000 } }""",
        "Model.LstmUnits = 1000000: must be from 1 to 4096")]
    [TestCase("""{ "Model": { "Channels": [4096, 4096], "Kernel": 101, "Residuals": 32 } }""",
        "Model = 1.1e+11 weights: 268,435,456 at most: make Channels, Kernel, Residuals, LstmUnits, LstmLayers or Members smaller")]
    [TestCase("""{ "Model": { "Kind": "conv-lstm", "LstmUnits": 4096, "LstmLayers": 16 } }""",
        "Model = 6.2e+9 weights: 268,435,456 at most: make Channels, Kernel, Residuals, LstmUnits, LstmLayers or Members smaller")]
    [TestCase("""{ "Features": { "MelBands": 2000000000 } }""", "Features.MelBands = 2000000000: must be from 1 to 512")]
    [TestCase("""{ "Live": { "WindowSeconds": 1e300 } }""", "Live.WindowSeconds = 1E+300: must be above 0 and at most 3600 s")]
    [TestCase("""{ "Model": { "LogitCentring": 4 } }""",
        "Model.LogitCentring = 4: needs Features.Normalisation = speaker and Training.UtterancesPerSpeaker above 1")]
    [TestCase("""{ "Model": { "LogitCentring": 4 }, "Training": { "UtterancesPerSpeaker": 8 } }""",
        "Model.LogitCentring = 4: needs Features.Normalisation = speaker and Training.UtterancesPerSpeaker above 1")]
    [TestCase("""{ "Training": { "UtterancesPerSpeaker": 17 } }""",
        "Training.UtterancesPerSpeaker = 17: must be from 1 to 16, half of Training.BatchSize")]
    [TestCase("""{ "Training": { "Contrastive": -1 } }""", "Training.Contrastive = -1: must be at least 0")]
    [TestCase("""{ "Augmentation": { "TimeMasks": 2000000000 } }""", "Augmentation.TimeMasks = 2000000000: must be from 0 to 1000")]
    public void Parse_AbsurdSize_IsRefusedWithItsPath(string json, string fault) => Assert.That(Faults(json), Does.Contain(fault));

    [Test]
    public void Parse_OutOfRange_ReportsEachWithItsRule()
    {
        Assert.That(Faults("""{ "Features": { "HopLength": 0, "FftLength": 300 }, "Model": { "Kernel": 4 } }"""), Is.EqualTo(new[]
        {
            "Features.HopLength = 0: must be at least 1 sample",
            "Features.FftLength = 300: must be a power of two from 32 to 65536 samples",
            "Features.FftLength = 300: must not be shorter than Features.FrameLength = 400",
            "Model.Kernel = 4: must be odd, so that a frame keeps its place",
        }));
    }

    [TestCase("{ \"Name\": ")]
    [TestCase("[]")]
    [TestCase("")]
    [TestCase("{ \"Seed\": 1, \"Seed\": 2 }")]
    public void Parse_BrokenJson_NamesTheSource(string json)
    {
        Assert.That(() => Parse(json), Throws.TypeOf<SettingsException>().With.Message.StartsWith("test.json: "));
    }

    [TestCase("null")]
    [TestCase("{ \"a\": 1 }")]
    public void Parse_WrongShapeOfLeaf_IsAFault(string value)
    {
        Assert.That(Faults($$"""{ "Training": { "Epochs": {{value}} } }"""),
            Is.EqualTo(new[] { "Training.Epochs: must be a whole number" }));
    }

    [Test]
    public void Parse_OverrideWithoutValue_IsAFault()
    {
        Assert.That(() => Parse("{}", "Training.Epochs"),
            Throws.TypeOf<SettingsException>().With.Message.Contains("--set Training.Epochs: must be Path.To.Key=value"));
    }

    [Test]
    public void Parse_TestSpeakerWhoValidates_IsAFault()
    {
        Assert.That(
            Faults("""{ "Split": { "By": "speaker", "TestSpeakers": ["A", "B"], "ValidationSpeakers": ["B"] } }"""),
            Is.EqualTo(new[] { "Split.ValidationSpeakers = B: is a test speaker too" }));
    }

    [Test]
    public void Parse_FoldByCorpus_MayExceedTheNumberOfFolds()
    {
        Assert.That(Parse("""{ "Split": { "By": "corpus", "Fold": 9 } }""").Split.Fold, Is.EqualTo(9), "as many as there are corpora");
        Assert.That(Faults("""{ "Split": { "By": "random", "Fold": 9 } }"""),
            Has.Some.EndsWith("must be from 0 to the number of folds, 5"));
    }

    [Test]
    public void Parse_NoTestPart_IsForRandomSplitsAlone()
    {
        Assert.That(Parse("""{ "Split": { "Test": 0 } }""").Split.Test, Is.Zero);
        Assert.That(
            Faults("""{ "Split": { "By": "text", "Test": 0 } }"""),
            Is.EqualTo(new[] { "Split.Test = 0: 0 trains on everything, which needs Split.By = random" }));
    }

    [Test]
    public void Parse_Sources_ReadsEachWithItsDefaults()
    {
        RunSettings settings =
            Parse("""{ "Corpus": { "Sources": [ { "Kind": "tess" }, { "Kind": "ravdess", "Labels": { "calm": "" } } ] } }""");
        Assert.That(settings.Corpus.Sources.Select(source => source.Kind), Is.EqualTo(new[] { CorpusKind.Tess, CorpusKind.Ravdess }));
        Assert.That(settings.Corpus.Sources[1].Labels["calm"], Is.Empty);
    }

    [TestCase("""{ "Corpus": { "Name": "a/b" } }""", "Corpus.Name = a/b")]
    [TestCase("""{ "Corpus": { "Name": "a\\b" } }""", "Corpus.Name = a\\b")]
    [TestCase("""{ "Corpus": { "Name": "a\nb" } }""", "Corpus.Name = a\nb")]
    [TestCase("""{ "Corpus": { "Sources": [{ "Name": " a" }] } }""", "Corpus.Sources[0].Name =  a")]
    public void Parse_CorpusNameWithSlashOrControlCharacter_IsAFault(string json, string start) =>
        Assert.That(Faults(json), Is.EqualTo(new[] { $"{start}: must be without slashes, control characters and spaces at its ends" }));

    [Test]
    public void Parse_TwoSourcesOfOneName_IsAFault() =>
        Assert.That(
            Faults("""{ "Corpus": { "Sources": [{ "Kind": "tess", "Name": "a" }, { "Name": "b" }, { "Kind": "savee", "Name": "a" }] } }"""),
            Is.EqualTo(new[] { "Corpus.Sources[2].Name = a: an earlier source has the same name" }));

    [Test]
    public void Parse_AnotherKind_RemovesTheNameOfTheCorpus()
    {
        const string json = """{ "Corpus": { "Kind": "folders", "Name": "mine" } }""";
        Assert.That(Parse(json, "Corpus.Folder=x").Corpus.Name, Is.EqualTo("mine"));
        Assert.That(Parse(json, "Corpus.Kind=tess").Corpus.Name, Is.Empty);
        Assert.That(Parse(json, "Corpus.Kind=tess", "Corpus.Name=toronto").Corpus.Name, Is.EqualTo("toronto"));
    }

    [Test]
    public void Parse_FaultsOfReadingAndOfRange_AreReportedTogether()
    {
        Assert.That(
            Faults("""{ "Trainig": {}, "Training": { "Epochs": 0, "BatchSize": "x" }, "Model": { "Channels": [8, "wide"] },"""
                + """ "Corpus": { "Sources": [3] } }"""),
            Is.EquivalentTo(new[]
            {
                "Trainig: unknown setting; did you mean Training?",
                "Training.BatchSize = x: must be a whole number",
                "Model.Channels[1] = wide: must be a whole number",
                "Corpus.Sources[0] = 3: must be an object { … }",
                "Training.Epochs = 0: must be from 1 to 100000",
            }));
    }

    private static RunSettings Parse(string json, params string[] overrides) => SettingsFile.Parse(json, "test.json", overrides);

    private static IReadOnlyList<string> Faults(string json)
    {
        try
        {
            Parse(json);
        }
        catch (SettingsException fault)
        {
            return fault.Faults;
        }
        return [];
    }
}
