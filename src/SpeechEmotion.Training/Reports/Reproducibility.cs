namespace SpeechEmotion.Reports;

/// <summary>What of a trained model comes out again when it is trained again, in plain words.</summary>
/// <remarks>
/// Seeds, order, dropout and augmentation are the program's own and the same everywhere. Sums inside libtorch are cut into one part a
/// thread, so their rounding depends on how many there are.
/// </remarks>
internal static class Reproducibility
{
    private const string Same = "The same config, seed and corpus give the same weights to the last bit, on the same machine and with the same version of the program";

    /// <summary>Of runs that are a process each, with one thread of libtorch whatever was asked for.</summary>
    public const string ForProcesses = Same + ", whatever --threads is.";

    /// <summary>Of one run.</summary>
    /// <param name="threads">Threads with which libtorch computed: one less than --threads, at least 1.</param>
    /// <param name="device">Where: <c>cpu</c>, <c>cuda</c>, <c>mps</c>.</param>
    public static string Describe(int threads, string device) => device != "cpu"
        ? $"It was trained on {device}, where sums are taken in no fixed order: the same config, seed and corpus give nearly the same weights, not the same bits."
        : threads == 1
            ? $"{Same}, as long as libtorch computes with one thread as here (--threads 1 or 2); with more it adds in another order, and the last digits differ."
            : $"{Same}, as long as libtorch computes with {threads} threads as here (--threads {threads + 1}); with fewer or more it adds in another order, and the last digits differ.";

    /// <summary>Of several runs, from what is said of each; null where that differs or nothing is said.</summary>
    public static string? DescribeRuns(IEnumerable<string?> runs)
    {
        string?[] different = [.. runs.Distinct()];
        return different.Length > 1 ? null : different[0] == Describe(1, "cpu") ? ForProcesses : different[0];
    }
}
