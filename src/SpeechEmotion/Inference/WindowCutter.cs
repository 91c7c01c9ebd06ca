using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>
/// Cuts a recording into the windows that the network sees: one window for a recording of one utterance's length, else
/// windows of even length at even distance, the last one flush with the end.
/// </summary>
internal static class WindowCutter
{
    /// <param name="samples">Length of the recording.</param>
    /// <param name="sampleRate">Its rate in Hz.</param>
    /// <param name="settings">Lengths in seconds.</param>
    /// <returns>First sample and number of samples of each window, in time order, at least one.</returns>
    public static IReadOnlyList<(int Start, int Length)> Cut(int samples, int sampleRate, LiveSettings settings)
    {
        if (samples <= settings.UtteranceSeconds * sampleRate)
            return [(0, samples)];
        int length = Math.Min(samples, Math.Max(1, (int)Math.Round(settings.WindowSeconds * sampleRate)));
        int hop = Math.Max(1, (int)Math.Round(settings.HopSeconds * sampleRate));
        var windows = new List<(int, int)>();
        int start = 0;
        for (; start + length < samples; start += hop)
            windows.Add((start, length));
        windows.Add((samples - length, length));
        return windows;
    }
}
