using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>The conditions under which training again gives the same weights, as a sentence for report and model card.</summary>
/// <remarks>
/// Order, dropout and augmentation depend on the seed alone, and the number of libtorch's threads is one of the settings. What remains are
/// the instructions with which it computes.
/// </remarks>
internal static class Reproducibility
{
    private const string Same = "The same config, seed and corpus give the same weights to the last bit, whatever --threads is";

    /// <summary>The sentences for one run.</summary>
    /// <param name="level">Level of instructions of libtorch.</param>
    /// <param name="device">Device of the training: <c>cpu</c>, <c>cuda</c>, <c>mps</c>.</param>
    public static string Describe(LibTorchLevel level, string device)
    {
        if (device != "cpu")
            return $"It was trained on {device}, where sums are taken in no fixed order:"
                + " the same config, seed and corpus give nearly the same weights, not the same bits.";
        return level.Level == CpuLevel.Avx2
            ? $"{Same}, on x64 processors with AVX2, with the same operating system and version of the program. {level.Sentence}"
            : $"{Same}, on the same machine and with the same version of the program. {level.Sentence}";
    }

    /// <summary>The sentences for several runs, from those of each; null where they differ or have none.</summary>
    public static string? DescribeRuns(IEnumerable<string?> runs)
    {
        string?[] sentences = [.. runs.Distinct()];
        return sentences.Length > 1 ? null : sentences[0];
    }
}
