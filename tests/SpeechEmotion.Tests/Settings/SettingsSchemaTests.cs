using System.Text.Json;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Settings;

public class SettingsSchemaTests
{
    /// <summary>Set to 1, the test writes the file instead of comparing it.</summary>
    private const string Update = "SPEECHEMOTION_UPDATE";

    [Test]
    public void Create_EqualsTheCommittedSchema()
    {
        string path = Path.Combine(SharedData.ProjectRoot()!, "configs", "schema.json");
        string schema = Create();
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, schema);
        Assert.That(File.ReadAllText(path), Is.EqualTo(schema), $"configs/schema.json is out of date: run the test with {Update}=1");
    }

    [Test]
    public void Create_DescribesEveryPropertyOfTheResolvedSettings()
    {
        JsonElement schema = JsonDocument.Parse(Create()).RootElement;
        AssertCovers(JsonDocument.Parse(SettingsFile.ToJson(new RunSettings())).RootElement, schema, "");
    }

    [Test]
    public void Configs_AllLoadAndNameTheSchema()
    {
        string[] configs = [.. Directory.EnumerateFiles(Path.Combine(SharedData.ProjectRoot()!, "configs"), "*.json")
            .Where(path => !path.EndsWith("schema.json", StringComparison.Ordinal))];
        Assert.That(configs, Is.Not.Empty);
        foreach (string config in configs)
        {
            Assert.That(SettingsFile.Load(config).Name, Is.EqualTo(Path.GetFileNameWithoutExtension(config)),
                "a run is named as its config");
            Assert.That(File.ReadAllText(config), Does.Contain("\"$schema\": \"schema.json\""), config);
        }
    }

    private static void AssertCovers(JsonElement value, JsonElement schema, string path)
    {
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!schema.TryGetProperty("properties", out JsonElement properties))
                continue;
            Assert.That(properties.TryGetProperty(property.Name, out JsonElement described), Is.True, path + property.Name);
            Assert.That(described.GetProperty("description").GetString(), Is.Not.Empty, path + property.Name);
            if (property.Value.ValueKind == JsonValueKind.Object)
                AssertCovers(property.Value, described, path + property.Name + ".");
        }
    }

    private static string Create() => SettingsSchema.Create(Path.Combine(AppContext.BaseDirectory, "SpeechEmotion.xml"));
}
