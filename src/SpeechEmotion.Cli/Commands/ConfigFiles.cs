using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary>Finds and loads CONFIG: a path, the bare name of a config that ships with the program, or nothing for the one that is built in.</summary>
internal static class ConfigFiles
{
    public static RunSettings Load(string? config, IReadOnlyList<string> overrides)
    {
        if (config is null)
            return SettingsFile.Parse(BuiltIn(), "built-in config", overrides);
        string shipped = Path.Combine(AppContext.BaseDirectory, "configs");
        foreach (string path in new[] { config, Path.Combine(shipped, config), Path.Combine(shipped, config + ".json"), Path.Combine(shipped, Path.GetFileName(config)) })
            if (File.Exists(path))
                return SettingsFile.Load(path, overrides);
        string known = Directory.Exists(shipped)
            ? string.Join(", ", Directory.EnumerateFiles(shipped, "*.json").Select(Path.GetFileNameWithoutExtension).Where(name => name != "schema").Order(StringComparer.Ordinal))
            : "";
        throw new SettingsException(config, [$"no such config file; known by name: {known}"]);
    }

    /// <summary>configs/synthetic.json as it was when the program was built.</summary>
    private static string BuiltIn()
    {
        using Stream resource = typeof(ConfigFiles).Assembly.GetManifestResourceStream("synthetic.json")!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
