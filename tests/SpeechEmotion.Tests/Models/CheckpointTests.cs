using System.Text.Json.Nodes;
using SpeechEmotion.Corpora;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Models;

public class CheckpointTests
{
    [Test]
    public void Load_Saved_RebuildsTheNetworkWithItsWeightsSettingsAndLabels()
    {
        using var folder = new TemporaryFolder();
        Checkpoint saved = New();
        saved.Save(folder["m.safetensors"]);
        Checkpoint loaded = Checkpoint.Load(folder["m.safetensors"]);

        Assert.That(loaded.Labels, Is.EqualTo(saved.Labels));
        Assert.That(SettingsFile.ToJson(loaded.Settings), Is.EqualTo(SettingsFile.ToJson(saved.Settings)));
        Assert.That(loaded.Normaliser.Mean, Is.EqualTo(saved.Normaliser.Mean));
        Assert.That(loaded.Normaliser.StandardDeviation, Is.EqualTo(saved.Normaliser.StandardDeviation));
        Assert.That(loaded.Provenance.Corpus, Is.EqualTo("noise"));
        using EmotionNetwork network = loaded.BuildNetwork();
        foreach ((string name, StoredTensor tensor) in StateDict.From(network))
            Assert.That(tensor.Data, Is.EqualTo(saved.Weights[name].Data), name);
    }

    [Test]
    public void Save_SameContents_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        New().Save(folder["a"]);
        New().Save(folder["b"]);
        Assert.That(File.ReadAllBytes(folder["b"]), Is.EqualTo(File.ReadAllBytes(folder["a"])));
    }

    [Test]
    public void Load_AnyChangedByte_IsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        string path = folder["m.safetensors"];
        New().Save(path);
        byte[] file = File.ReadAllBytes(path);
        // The length field and header in steps, the body in larger ones.
        foreach (int at in Enumerable.Range(0, 8).Concat(Enumerable.Range(0, 60).Select(i => 8 + (i * 53)))
            .Concat(Enumerable.Range(1, 40).Select(i => file.Length - (i * 97))))
        {
            byte[] changed = [.. file];
            changed[at] ^= 0x11;
            File.WriteAllBytes(path, changed);
            Assert.That(() => Checkpoint.Load(path), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(path), $"byte {at}");
        }
    }

    [Test]
    public void Read_EachByteOfTheHeaderAndManyOfTheBodyChanged_IsRefusedByName()
    {
        byte[] file = Bytes(New());
        int header = 8 + (int)BitConverter.ToInt64(file);
        foreach (int at in Enumerable.Range(0, header)
            .Concat(Enumerable.Range(0, 200).Select(i => header + ((file.Length - header - 1) * i / 199))))
        {
            file[at] ^= 1;
            Assert.That(() => Checkpoint.Read(file, "m"), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("m: "),
                $"byte {at}");
            file[at] ^= 1;
        }
        Assert.That(() => Checkpoint.Read(file, "m"), Throws.Nothing);
    }

    [Test]
    public void Read_ChangedValue_NamesItsTensor()
    {
        byte[] file = Bytes(New());
        file[^1] ^= 1; // the last by name
        Assert.That(() => Checkpoint.Read(file, "m"), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
            "m: the contents do not match their hash: the file is damaged, in tensor normaliser.mean"));
    }

    [TestCase("formatVersion", "1", "this program reads format 2")]
    [TestCase("formatVersion", "3", "update the program")]
    [TestCase("labels", """["a","b"]""", "has shape [3")]
    [TestCase("labels", """["a",null,"b"]""", "at least two different")]
    [TestCase("labels", """["a","a","b"]""", "at least two different")]
    [TestCase("labels", "7", "JSON")]
    [TestCase("settings", "{", "not valid JSON")]
    [TestCase("provenance", "[]", "JSON")]
    [TestCase("temperature", "0", "temperature 0: must be a number above 0")]
    [TestCase("temperature", "NaN", "temperature NaN")]
    [TestCase("temperature", "1,5", "temperature 1,5")]
    public void Read_RightHashOverWrongContents_ReportsTheFault(string key, string text, string message)
    {
        byte[] file = Forged(tensors => { }, texts => texts[key] = text);
        Assert.That(() => Checkpoint.Read(file, "m").BuildNetwork(),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("m: ").And.Message.Contains(message));
    }

    [Test]
    public void Read_SettingsOfMoreFeatures_NamesTheTensorThatDoesNotFit()
    {
        byte[] file = Forged(tensors => { },
            texts => texts["settings"] = texts["settings"].Replace("\"MelBands\": 12", "\"MelBands\": 13"));
        Assert.That(() => Checkpoint.Read(file, "m"),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("m: tensor normaliser.mean has "));
    }

    // A default that changes later must not change a stored model.
    [TestCase(typeof(FeatureSettings), "Features")]
    [TestCase(typeof(ModelSettings), "Model")]
    [TestCase(typeof(LiveSettings), "Live")]
    public void Read_AnySettingOfInferenceIsMissing_IsRefusedByName(Type record, string section)
    {
        foreach (string name in record.GetProperties().Where(IsAsOldAsTheFormat).Select(property => property.Name))
        {
            byte[] file = Forged(tensors => { }, texts =>
            {
                JsonNode settings = JsonNode.Parse(texts["settings"])!;
                Assert.That(settings[section]!.AsObject().Remove(name), Is.True, name);
                texts["settings"] = settings.ToJsonString();
            });
            Assert.That(() => Checkpoint.Read(file, "m"),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains($"{section}.{name}: is missing"));
        }
    }

    [Test]
    public void Read_Temperature_IsTheStoredOne()
    {
        Assert.That(Checkpoint.Read(Bytes(New()), "m").Temperature, Is.EqualTo(1.25));
        Assert.That(() => Checkpoint.Read(Forged(tensors => { }, texts => texts.Remove("temperature")), "m"),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("m: the checkpoint lacks its temperature"));
    }

    [Test]
    public void Read_NormaliserOfUnevenLength_IsRefused()
    {
        byte[] file = Forged(tensors => tensors["normaliser.deviation"] = new("F32", [1], new byte[4]), texts => { });
        Assert.That(() => Checkpoint.Read(file, "m"),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("m: tensor normaliser.deviation has 1 values"));
    }

    /// <summary>A checkpoint that was changed by someone who set its hash right.</summary>
    private static byte[] Forged(Action<Dictionary<string, StoredTensor>> changeTensors, Action<Dictionary<string, string>> changeTexts)
    {
        (Dictionary<string, StoredTensor> tensors, Dictionary<string, string> texts) = SafeTensors.Read(Bytes(New()));
        texts.Remove("sha256");
        changeTensors(tensors);
        changeTexts(texts);
        texts["sha256"] = Checkpoint.Hash(tensors, texts);
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, tensors, texts);
        return stream.ToArray();
    }

    private static byte[] Bytes(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Write(stream);
        return stream.ToArray();
    }

    [Test]
    public void Read_SettingThatCameLater_HasItsValueOfBefore()
    {
        byte[] file = Forged(tensors => { }, texts =>
        {
            JsonNode settings = JsonNode.Parse(texts["settings"])!;
            settings["Features"]!["HighPassHz"] = 30;
            foreach (System.Reflection.PropertyInfo property in typeof(FeatureSettings).GetProperties()
                .Where(property => property.CanWrite && !IsAsOldAsTheFormat(property)))
                Assert.That(settings["Features"]!.AsObject().Remove(property.Name), Is.True, property.Name);
            texts["settings"] = settings.ToJsonString();
        });
        FeatureSettings read = Checkpoint.Read(file, "m").Settings.Features;
        Assert.That((read.HighPassHz, read.LevelDb), Is.EqualTo((0.0, 0.0)));
    }

    private static bool IsAsOldAsTheFormat(System.Reflection.PropertyInfo property) =>
        property.CanWrite && !Attribute.IsDefined(property, typeof(WhenAbsentAttribute));

    [TestCase("""{ "Channels": [1000000000] }""", "m: settings in m: Model.Channels[0] = 1000000000: must be from 1 to 4096")]
    [TestCase("""{ "Channels": [4096, 4096], "Kernel": 9, "Residuals": 0 }""",
        "m: tensor members.0.stages.0.conv.weight has shape [8, 18, 5], the model's has [4096, 18, 9]")]
    [TestCase("""{ "Kind": "lstm", "LstmUnits": 1024, "LstmLayers": 8 }""",
        "m: tensor members.0.recurrent.forwards.0.weight_ih_l0 has shape [24, 8], the model's has [4096, 18]")]
    [TestCase("""{ "Residuals": 32, "Kernel": 5 }""", "m: tensor members.0.stages.0.residuals.1.conv.weight is missing")]
    public void BuildNetwork_SettingsThatClaimHugeLayers_AreRefusedBeforeMemoryIsTaken(string model, string message)
    {
        string settings = SettingsFile.ToJson(SmallRun.Settings);
        byte[] file = Forged(tensors => { }, texts =>
        {
            JsonNode forged = JsonNode.Parse(settings)!;
            foreach ((string key, JsonNode? value) in JsonNode.Parse(model)!.AsObject())
                forged["Model"]![key] = value!.DeepClone();
            texts["settings"] = forged.ToJsonString();
        });
        long before = TensorsMade();

        Assert.That(() => Checkpoint.Read(file, "m").BuildNetwork(),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(message));

        Assert.That(TensorsMade(), Is.EqualTo(before));

        static long TensorsMade() => DisposeScopeManager.Statistics.CreatedInScopeCount
            + DisposeScopeManager.Statistics.CreatedOutsideScopeCount;
    }

    [Test]
    public void BuildNetwork_WrongShape_NamesTheTensorAndBothShapes()
    {
        Checkpoint right = New();
        var weights = new Dictionary<string, StoredTensor>(right.Weights) { ["members.0.output.bias"] = new("F32", [2], new byte[8]) };
        var wrong = new Checkpoint { Settings = right.Settings, Labels = right.Labels, Normaliser = right.Normaliser, Weights = weights };
        Assert.That(wrong.BuildNetwork,
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("tensor members.0.output.bias has shape [2], the model's has [3]"));
    }

    [Test]
    public void BuildNetwork_MissingOrUnknownTensor_NamesIt()
    {
        Checkpoint right = New();
        var fewer = right.Weights.Where(pair => pair.Key != "members.0.output.bias").ToDictionary();
        var more = new Dictionary<string, StoredTensor>(right.Weights) { ["extra"] = new("F32", [1], new byte[4]) };
        Assert.That(With(fewer).BuildNetwork,
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("tensor members.0.output.bias is missing"));
        Assert.That(With(more).BuildNetwork,
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("tensor extra is not part of the model"));

        Checkpoint With(Dictionary<string, StoredTensor> weights) =>
            new() { Settings = right.Settings, Labels = right.Labels, Normaliser = right.Normaliser, Weights = weights };
    }

    [Test]
    public void Load_SafetensorsOfAnotherProgram_IsReported()
    {
        using var folder = new TemporaryFolder();
        using (FileStream stream = File.Create(folder["other.safetensors"]))
            SafeTensors.Write(stream, new Dictionary<string, StoredTensor> { ["w"] = new("F32", [1], new byte[4]) },
                new Dictionary<string, string> { ["format"] = "pt" });
        Assert.That(() => Checkpoint.Load(folder["other.safetensors"]),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("no checkpoint of this program"));
    }

    [Test]
    public void Find_NoSuchModel_ListsWhereItLooked()
    {
        Assert.That(() => ModelLocator.Find("no-such-model"),
            Throws.TypeOf<FileNotFoundException>().With.Message.Contains(Path.Combine("checkpoints", "no-such-model")));
    }

    [Test]
    public void Find_FolderOfARun_GivesItsBestCheckpoint()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["best.safetensors"], "");
        Assert.That(ModelLocator.Find(folder.Path), Is.EqualTo(folder["best.safetensors"]));
    }

    private static Checkpoint New()
    {
        torch.manual_seed(5);
        RunSettings settings = SmallRun.Settings;
        using var network = new EmotionNetwork(settings.Model, NetworkSizes.FromSettings(settings, SmallRun.Labels.Length));
        return new Checkpoint
        {
            Settings = settings,
            Labels = SmallRun.Labels,
            Normaliser = SmallRun.Data(settings).Normaliser,
            Provenance = new ModelProvenance { Corpus = "noise", Epoch = 2 },
            Temperature = 1.25,
            Weights = StateDict.From(network),
        };
    }
}
