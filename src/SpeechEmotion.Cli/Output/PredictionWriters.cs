using System.Text.Encodings.Web;
using System.Text.Json;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Output;

/// <summary>Prints the prediction of each file as soon as it is available.</summary>
internal interface IPredictionWriter
{
    void Write(string file, Prediction prediction);
}

/// <summary>Plain text: file, emotion, confidence, the next two emotions; the windows of a long file below.</summary>
internal sealed class TextPredictionWriter(TextWriter output) : IPredictionWriter
{
    public void Write(string file, Prediction prediction)
    {
        if (prediction.Windows.Count == 0)
        {
            output.WriteLine(Printable.Line($"{file}: no speech"));
            return;
        }
        output.WriteLine(Printable.Line($"{file}: {prediction.Emotion} {100 * prediction.Confidence:0.0} % ({Others(prediction)})"));
        if (prediction.Windows.Count == 1)
            return;
        foreach (WindowPrediction window in prediction.Windows)
        {
            (string emotion, float probability) = window.Probabilities.MaxBy(pair => pair.Value);
            string time = $"{Clock(window.Start)} – {Clock(window.End)}";
            output.WriteLine(Printable.Line($"  {time}  {emotion,-10} {100 * probability,5:0.0} %"));
        }
    }

    private static string Others(Prediction prediction) => string.Join(", ", prediction.Probabilities
        .Where(pair => pair.Key != prediction.Emotion)
        .OrderByDescending(pair => pair.Value)
        .Take(2)
        .Select(pair => $"{pair.Key} {100 * pair.Value:0.0} %"));

    private static string Clock(double seconds) => $"{(int)seconds / 60:00}:{seconds % 60:00.0}";
}

/// <summary>One JSON object per line: file, seconds, emotion, confidence, probabilities, windows.</summary>
internal sealed class JsonPredictionWriter(TextWriter output) : IPredictionWriter
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(string file, Prediction prediction) => output.WriteLine(JsonSerializer.Serialize(new
    {
        file,
        seconds = Math.Round(prediction.Seconds, 3),
        emotion = prediction.Emotion,
        confidence = prediction.Confidence,
        probabilities = prediction.Probabilities,
        windows = prediction.Windows.Select(window => new
        {
            start = Math.Round(window.Start, 3),
            end = Math.Round(window.End, 3),
            probabilities = window.Probabilities,
        }),
    }, Options));
}

/// <summary>CSV: file, seconds, emotion, confidence, one column per emotion.</summary>
internal sealed class CsvPredictionWriter(TextWriter output, IReadOnlyList<string> labels) : IPredictionWriter
{
    private bool hasHeader;

    public void Write(string file, Prediction prediction)
    {
        if (!hasHeader)
            Row(["file", "seconds", "emotion", "confidence", .. labels]);
        hasHeader = true;
        Row([
            file,
            $"{prediction.Seconds:0.000}",
            prediction.Emotion,
            $"{prediction.Confidence:0.000000}",
            .. prediction.Probabilities.Values.Select(p => $"{p:0.000000}")]);
    }

    private void Row(IEnumerable<string> cells) => output.WriteLine(CsvLine.Format(cells));
}
