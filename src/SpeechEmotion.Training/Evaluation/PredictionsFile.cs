using System.Globalization;
using CsvHelper;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// <c>predictions.csv</c>: one line per utterance with the columns path, true, predicted, the probability of each label under the
/// label's name, speaker.
/// </summary>
internal static class PredictionsFile
{
    private static readonly string[] Before = ["path", "true", "predicted"];
    private const string After = "speaker";
    private const int OtherColumns = 4;

    /// <summary>
    /// Writes predictions in the order given, whole or not at all. The probabilities are written so that they read back exactly.
    /// </summary>
    public static void Save(string path, IReadOnlyList<string> labels, IEnumerable<ScoredUtterance> scoredUtterances) =>
        AtomicFile.Write(path, stream =>
        {
            using CsvWriter csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            csv.WriteHeader([.. Before, .. labels, After]);
            foreach (ScoredUtterance scored in scoredUtterances)
                csv.WriteRecord([scored.Path, scored.Truth, scored.Predicted,
                    .. labels.Select(label => scored.Probabilities[label].ToString("R", CultureInfo.InvariantCulture)), scored.Speaker]);
        });

    /// <summary>Reads the file; the labels are the names of the probability columns.</summary>
    /// <exception cref="InvalidDataException">The file is not such a table; the message names the line.</exception>
    public static (IReadOnlyList<string> Labels, IReadOnlyList<ScoredUtterance> Predictions) Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using CsvReader csv = CsvReader.Create(
            stream, new CsvReaderOptions { Separator = ',', TrimWhitespace = false, TrackLineNumbers = true }, leaveOpen: true);
        csv.ReadHeader();
        string[] head = [.. csv.Headers];
        if (head.Length <= OtherColumns || !head.Take(Before.Length).SequenceEqual(Before) || head[^1] != After)
            throw new InvalidDataException($"{path}: the first line must be path,true,predicted,LABELS…,speaker");
        string[] labels = head[Before.Length..^1];
        if (labels.Distinct().Count() < labels.Length)
            throw new InvalidDataException($"{path}: the first line names a label twice: {string.Join(',', labels)}");
        List<ScoredUtterance> scoredUtterances = [];
        while (csv.Read())
            scoredUtterances.Add(ParseLine(csv, labels, $"{path}, line {csv.LineNumber}"));
        return (labels, scoredUtterances);
    }

    private static ScoredUtterance ParseLine(CsvReader csv, string[] labels, string place)
    {
        int columns = labels.Length + OtherColumns;
        if (csv.FieldCount != columns)
            throw new InvalidDataException($"{place}: {csv.FieldCount} columns, the first line has {columns}");
        OrderedDictionary<string, float> probabilities = new(labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            string cell = csv.GetString(Before.Length + i);
            if (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out float probability)
                || probability is not (>= 0 and <= 1.001f)) // a rounded softmax may exceed 1 by a little
                throw new InvalidDataException($"{place}: '{cell}' is not a probability");
            probabilities.Add(labels[i], probability);
        }
        return new ScoredUtterance(csv.GetString(0), csv.GetString(columns - 1), csv.GetString(1), csv.GetString(2), probabilities);
    }
}
