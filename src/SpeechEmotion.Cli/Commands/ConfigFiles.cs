using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary>Finds and loads CONFIG: a path, the name of a shipped config, or null for the built-in config.</summary>
internal static class ConfigFiles
{
    /// <exception cref="SettingsException">There is no such file, or its settings are invalid.</exception>
    public static RunSettings Load(string? config, IReadOnlyList<string> overrides)
    {
        if (config is null)
            return SettingsFile.Parse(BuiltIn(), "built-in config", overrides);
        string shipped = Path.Combine(AppContext.BaseDirectory, "configs");
        string[] candidates =
        [
            config,
            Path.Combine(shipped, config),
            Path.Combine(shipped, config + ".json"),
            Path.Combine(shipped, Path.GetFileName(config)),
        ];
        foreach (string path in candidates)
            if (File.Exists(path))
                return SettingsFile.Load(path, overrides);
        string known = Directory.Exists(shipped)
            ? string.Join(", ", Directory.EnumerateFiles(shipped, "*.json")
                .Select(Path.GetFileNameWithoutExtension)
                .Where(name => name != "schema")
                .Order(StringComparer.Ordinal))
            : "";
        throw new SettingsException(config, [$"no such config file; shipped configs: {known}"]);
    }

    /// <summary>configs/synthetic.json, embedded at build time.</summary>
    private static string BuiltIn()
    {
        using Stream resource = typeof(ConfigFiles).Assembly.GetManifestResourceStream("synthetic.json")!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
