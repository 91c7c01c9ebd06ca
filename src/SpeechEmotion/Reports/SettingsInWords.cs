using System.Globalization;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>Features and network of a run in one line each, for the model card and the console.</summary>
internal static class SettingsInWords
{
    /// <summary><c>64 log-mel bands, 40 MFCC, 12 chroma; 25 ms frames every 10 ms at 16000 Hz; normalised by utterance</c>.</summary>
    public static string Features(FeatureSettings s)
    {
        string[] parts =
        [
            s.Mel ? $"{s.MelBands} log-mel bands" : "",
            s.Mfcc > 0 ? $"{s.Mfcc} MFCC" : "",
            s.Deltas switch { 1 => "their deltas", 2 => "their deltas and delta-deltas", _ => "" },
            s.Chroma > 0 ? $"{s.Chroma} chroma" : "",
            s.Rms ? "level" : "",
            s.Zcr ? "zero crossings" : "",
            s.Centroid ? "spectral centroid" : "",
        ];
        string normalised = s.Normalisation == Normalisation.None ? "not normalised" : $"normalised by {KebabCase.Of(s.Normalisation)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", parts.Where(part => part.Length > 0))}; {1000.0 * s.FrameLength / s.SampleRate:0.#} ms frames every {1000.0 * s.HopLength / s.SampleRate:0.#} ms at {s.SampleRate} Hz; {normalised}");
    }

    /// <summary><c>conv, 2 stages of 64, 64 channels, attention pooling</c>.</summary>
    public static string Model(ModelSettings s)
    {
        string stages = s.Kind == ModelKind.Lstm ? "" : $", stages of {string.Join(", ", s.Channels)} channels (kernel {s.Kernel}, {s.Residuals} residual)";
        string recurrent = s.Kind == ModelKind.Conv ? "" : $", {(s.Bidirectional ? "bidirectional " : "")}LSTM of {s.LstmLayers} × {s.LstmUnits}";
        return $"{KebabCase.Of(s.Kind)}{stages}{recurrent}, {KebabCase.Of(s.Pooling)} pooling";
    }
}
