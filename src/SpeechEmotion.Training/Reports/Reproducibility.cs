namespace SpeechEmotion.Reports;

/// <summary>The conditions under which training again gives the same weights, as a sentence for report and model card.</summary>
/// <remarks>
/// Order, dropout and augmentation depend on the seed alone. libtorch divides sums into one part per thread, so that their rounding depends
/// on the number of threads.
/// </remarks>
internal static class Reproducibility
{
    private const string Same = "The same config, seed and corpus give the same weights to the last bit,"
        + " on the same machine and with the same version of the program";

    /// <summary>The sentence for runs in processes of their own, in which libtorch always uses one thread.</summary>
    public const string ForProcesses = Same + ", whatever --threads is.";

    /// <summary>The sentence for one run.</summary>
    /// <param name="threads">Number of threads of libtorch: one less than --threads, at least 1.</param>
    /// <param name="device">Device of the training: <c>cpu</c>, <c>cuda</c>, <c>mps</c>.</param>
    public static string Describe(int threads, string device) => device != "cpu"
        ? $"It was trained on {device}, where sums are taken in no fixed order:"
            + " the same config, seed and corpus give nearly the same weights, not the same bits."
        : threads == 1
            ? $"{Same}, as long as libtorch computes with one thread as here (--threads 1 or 2);"
                + " with more it adds in another order, and the last digits differ."
            : $"{Same}, as long as libtorch computes with {threads} threads as here (--threads {threads + 1});"
                + " with fewer or more it adds in another order, and the last digits differ.";

    /// <summary>The sentence for several runs, from the sentence of each; null where they differ or have none.</summary>
    public static string? DescribeRuns(IEnumerable<string?> runs)
    {
        string?[] sentences = [.. runs.Distinct()];
        return sentences.Length > 1 ? null : sentences[0] == Describe(1, "cpu") ? ForProcesses : sentences[0];
    }
}
