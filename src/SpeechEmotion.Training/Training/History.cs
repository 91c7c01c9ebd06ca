using System.Globalization;
using CsvHelper;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// The results of each epoch. Best epoch and early stopping are functions of it, so that a resumed run needs nothing else.
/// </summary>
/// <param name="keep">Which epoch's weights are kept.</param>
internal sealed class History(KeptEpoch keep = KeptEpoch.Best)
{
    private readonly List<HistoryRow> rows = [];

    public IReadOnlyList<HistoryRow> Rows => rows;

    /// <summary>
    /// The epoch whose weights are kept: the one with the highest UAR on the validation part, of equal ones the last, which has the
    /// longest average and the lowest learning rate. It is the last epoch without a validation part or where the settings ask for it.
    /// </summary>
    public HistoryRow? Best => rows.LastOrDefault(row => keep == KeptEpoch.Last || row.ValidationUar == MaxUar);

    private double? MaxUar => rows.Max(row => row.ValidationUar);

    public void Add(HistoryRow row) => rows.Add(row);

    /// <summary>
    /// Whether the last <paramref name="patience"/> epochs did not improve the validation UAR; false without a validation part.
    /// </summary>
    public bool IsExhausted(int patience) =>
        patience > 0 && MaxUar is { } highest
        && rows[^1].Epoch - rows.First(row => row.ValidationUar == highest).Epoch >= patience;

    /// <summary>Writes <c>history.csv</c>, whole or not at all.</summary>
    public void WriteCsv(string path) => AtomicFile.Write(path, stream =>
    {
        using CsvWriter csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteHeader([
            "epoch", "train_loss", "train_accuracy", "train_uar", "validation_loss", "validation_accuracy", "validation_uar",
            "learning_rate", "seconds"]);
        foreach (HistoryRow row in rows)
            csv.WriteRecord([
                row.Epoch.ToString(CultureInfo.InvariantCulture),
                .. new[] { row.TrainLoss, row.TrainAccuracy, row.TrainUar, row.ValidationLoss, row.ValidationAccuracy, row.ValidationUar }
                    .Select(value => value?.ToString("0.000000", CultureInfo.InvariantCulture) ?? ""),
                row.LearningRate.ToString("0.00000000", CultureInfo.InvariantCulture),
                row.Seconds.ToString("0.00", CultureInfo.InvariantCulture)]);
    });
}
