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
            $"{string.Join(", ", parts.Where(part => part.Length > 0))}; {1000.0 * s.FrameLength / s.SampleRate:0.#} ms frames ")
            + string.Create(CultureInfo.InvariantCulture, $"every {1000.0 * s.HopLength / s.SampleRate:0.#} ms at {s.SampleRate} Hz; ")
            + normalised;
    }

    /// <summary>
    /// <c>conv, stages of 64, 64 channels (kernel 5, 1 residual), attention pooling; utterance statistics (128 units)</c>.
    /// </summary>
    public static string Model(ModelSettings s)
    {
        string statistics = s.Statistics > 0 ? $"; utterance statistics ({s.Statistics} units)" : "";
        string logitCentring = s.LogitCentring > 0 ? "; logit centring" : "";
        return $"{Members(s)}{statistics}{logitCentring}";
    }

    private static string Members(ModelSettings s)
    {
        if (s.Members.Count == 0)
            return Member(s, s.AllMembers[0]);
        IEnumerable<string> members = s.Members
            .CountBy(member => Member(s, member))
            .Select(pair => pair.Value > 1 ? $"{pair.Value} × {pair.Key}" : pair.Key);
        return $"ensemble of {s.Members.Count} networks: {string.Join("; ", members)}";
    }

    private static string Member(ModelSettings s, MemberSettings member)
    {
        ModelKind kind = member.Kind;
        string stages = kind switch
        {
            ModelKind.Lstm or ModelKind.Statistics => "",
            _ => $", stages of {string.Join(", ", s.Channels)} channels (kernel {s.Kernel}, {s.Residuals} residual)",
        };
        string recurrent = kind is ModelKind.Lstm or ModelKind.ConvLstm
            ? $", {(s.Bidirectional ? "bidirectional " : "")}LSTM of {s.LstmLayers} × {s.LstmUnits}"
            : "";
        string pooling = kind == ModelKind.Statistics ? "" : $", {KebabCase.From(s.Pooling)} pooling";
        string input = member.View switch
        {
            InputView.Utterance => ", input with utterance CMVN",
            InputView.Both => ", input as normalised and with utterance CMVN",
            _ => "",
        };
        string branch = s.Statistics > 0 && !member.Statistics ? ", without utterance statistics" : "";
        return $"{KebabCase.From(kind)}{stages}{recurrent}{pooling}{input}{branch}";
    }
}
