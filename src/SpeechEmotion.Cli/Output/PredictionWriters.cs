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
internal sealed class TextPredictionWriter(TextWriter output, IReadOnlyList<string> labels) : IPredictionWriter
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
            int best = Enumerable.Range(0, labels.Count).MaxBy(i => window.Probabilities[i]);
            string time = $"{Clock(window.Start)} – {Clock(window.End)}";
            output.WriteLine(Printable.Line($"  {time}  {labels[best],-10} {100 * window.Probabilities[best],5:0.0} %"));
        }
    }

    private string Others(Prediction prediction) => string.Join(", ", Enumerable.Range(0, labels.Count)
        .Where(i => labels[i] != prediction.Emotion)
        .OrderByDescending(i => prediction.Probabilities[i])
        .Take(2)
        .Select(i => $"{labels[i]} {100 * prediction.Probabilities[i]:0.0} %"));

    private static string Clock(double seconds) => $"{(int)seconds / 60:00}:{seconds % 60:00.0}";
}

/// <summary>One JSON object per line: file, seconds, emotion, confidence, probabilities, windows.</summary>
internal sealed class JsonPredictionWriter(TextWriter output, IReadOnlyList<string> labels) : IPredictionWriter
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(string file, Prediction prediction) => output.WriteLine(JsonSerializer.Serialize(new
    {
        file,
        seconds = Math.Round(prediction.Seconds, 3),
        emotion = prediction.Emotion,
        confidence = prediction.Confidence,
        probabilities = ByLabel(prediction.Probabilities),
        windows = prediction.Windows.Select(window => new
        {
            start = Math.Round(window.Start, 3),
            end = Math.Round(window.End, 3),
            probabilities = ByLabel(window.Probabilities),
        }),
    }, Options));

    private OrderedDictionary<string, float> ByLabel(IReadOnlyList<float> probabilities) =>
        new(labels.Select((label, i) => KeyValuePair.Create(label, probabilities[i])));
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
            .. prediction.Probabilities.Select(p => $"{p:0.000000}")]);
    }

    private void Row(IEnumerable<string> cells) => output.WriteLine(CsvLine.Format(cells));
}
