using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Output;

/// <summary>
/// Passes predictions on and collects their embeddings for one NumPy file: float32, [files, width], in the order of the predictions.
/// The row of a file without speech is zero.
/// </summary>
/// <param name="path">The file, which ends with .npy.</param>
/// <param name="writer">Prints the predictions.</param>
internal sealed class EmbeddingFile(string path, IPredictionWriter writer) : IPredictionWriter
{
    private readonly List<IReadOnlyList<float>> rows = [];

    /// <summary>A reason why a path cannot be written; null where it can.</summary>
    public static string? FaultOf(string path) =>
        !Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase) ? $"--embeddings {path}: the name must end with .npy"
        : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? $"--embeddings {path}: its folder does not exist"
        : null;

    public void Write(string file, Prediction prediction)
    {
        rows.Add(prediction.Embedding);
        writer.Write(file, prediction);
    }

    /// <summary>Writes the file completely or not at all.</summary>
    public void Save()
    {
        int width = rows.Select(row => row.Count).DefaultIfEmpty().Max();
        float[] values = [.. rows.SelectMany(row => row.Count > 0 ? row : new float[width])];
        AtomicFile.Write(path, stream => NumpyFile.Write(stream, rows.Count, width, values));
    }
}
