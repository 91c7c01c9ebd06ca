using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Support;

/// <summary>Recordings of the real corpora, spread over all speakers and emotions, to make scenes of.</summary>
internal static class CorpusClips
{
    /// <summary>Actors in whose recordings the detector's features were chosen.</summary>
    public static float[][] RavdessOfDevelopment() => Every(7, "ravdess", path => Actor(path) <= 6);

    /// <summary>Actors in whose recordings its thresholds were looked at.</summary>
    public static float[][] RavdessOfThresholds() => Every(5, "ravdess", path => Actor(path) > 6);

    /// <summary>Speakers of whom nothing was chosen.</summary>
    public static float[][] Tess() => Every(40, "tess", _ => true);

    private static int Actor(string path) => int.Parse(Path.GetFileNameWithoutExtension(path)[^2..]);

    private static float[][] Every(int step, string corpus, Func<string, bool> wanted) =>
        [.. Directory.EnumerateFiles(SharedData.RequireCorpus(corpus), "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(wanted).Where((_, i) => i % step == step / 2).Select(path => AudioFile.Read(path, TestSignals.Rate).Samples)];
}
