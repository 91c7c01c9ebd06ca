using System.Globalization;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>Features and network of a run in one line each, for the model card and the console.</summary>
public static class SettingsInWords
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
            s.Pitch ? "pitch and voicing" : "",
        ];
        string normalised = s.Normalisation == Normalisation.None ? "not normalised" : $"normalised by {KebabCase.From(s.Normalisation)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", parts.Where(part => part.Length > 0))}; {1000.0 * s.FrameLength / s.SampleRate:0.#} ms frames every {1000.0 * s.HopLength / s.SampleRate:0.#} ms at {s.SampleRate} Hz; {normalised}");
    }

    /// <summary><c>conv, stages of 64, 64 channels (kernel 5, 1 residual), attention pooling; statistics of the utterance (128 units)</c>.</summary>
    public static string Model(ModelSettings s)
    {
        string members = s.Members.Count == 0 ? Member(s, s.Kind, InputView.AsNormalised)
            : $"{s.Members.Count} networks that decide together: {string.Join("; ", s.Members.CountBy(member => Member(s, member.Kind, member.View)).Select(pair => pair.Value > 1 ? $"{pair.Value} × {pair.Key}" : pair.Key))}";
        string statistics = s.Statistics > 0 ? $"; statistics of the utterance ({s.Statistics} units)" : "";
        string usual = s.LogitCentring > 0 ? "; relative to what they say of the voice on average" : "";
        return $"{members}{statistics}{usual}";
    }

    private static string Member(ModelSettings s, ModelKind kind, InputView view)
    {
        string stages = kind switch
        {
            ModelKind.Lstm or ModelKind.Statistics => "",
            _ => $", stages of {string.Join(", ", s.Channels)} channels (kernel {s.Kernel}, {s.Residuals} residual)",
        };
        string recurrent = kind is ModelKind.Lstm or ModelKind.ConvLstm ? $", {(s.Bidirectional ? "bidirectional " : "")}LSTM of {s.LstmLayers} × {s.LstmUnits}" : "";
        string pooling = kind == ModelKind.Statistics ? "" : $", {KebabCase.From(s.Pooling)} pooling";
        string seen = view switch { InputView.Utterance => ", relative to the utterance", InputView.Both => ", as given and relative to the utterance", _ => "" };
        return $"{KebabCase.From(kind)}{stages}{recurrent}{pooling}{seen}";
    }
}
