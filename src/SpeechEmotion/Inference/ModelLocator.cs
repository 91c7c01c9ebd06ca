namespace SpeechEmotion.Inference;

/// <summary>Finds models: as a path, then by name beside the executable, then in the user's data folder.</summary>
public static class ModelLocator
{
    /// <summary>Name of the checkpoint in a folder of shipped models.</summary>
    internal const string Shipped = "model.safetensors";

    /// <summary>Shipped models, the default first.</summary>
    private static readonly string[] Defaults = ["voices", "tess"];

    /// <summary>The checkpoint file of the default model.</summary>
    /// <exception cref="FileNotFoundException">No model is shipped with this build.</exception>
    public static string Default()
    {
        foreach (string name in Defaults)
            foreach (string folder in FoldersOf(name))
                if (File.Exists(Path.Combine(folder, Shipped)))
                    return Path.Combine(folder, Shipped);
        throw new FileNotFoundException(
            "no model is installed beside the program: name one with --model (a checkpoint file or the folder of a run)");
    }

    /// <summary>The checkpoint file of a model given as file, run folder or name.</summary>
    /// <exception cref="FileNotFoundException">There is no such model; the message lists the places searched.</exception>
    public static string Find(string model)
    {
        if (File.Exists(model))
            return model;
        string[] named = FoldersOf(model);
        foreach (string folder in (string[])[model, .. named])
            foreach (string name in new[] { RunFiles.Best, Shipped })
                if (File.Exists(Path.Combine(folder, name)))
                    return Path.Combine(folder, name);
        if (Directory.Exists(model))
            throw new FileNotFoundException(
                $"{model}: a folder without {RunFiles.Best} or {Shipped}; give a checkpoint file or the folder of a finished run");
        throw new FileNotFoundException(
            $"{model}: no such model; looked for a file or run folder of this name, and in {string.Join(" and ", named)}");
    }

    private static string[] FoldersOf(string name) =>
    [
        Path.Combine(AppContext.BaseDirectory, "checkpoints", name),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "speech-emotion", "checkpoints", name),
    ];
}
