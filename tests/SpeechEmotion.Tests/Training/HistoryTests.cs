using SpeechEmotion.Evaluation;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public class HistoryTests
{
    [Test]
    public void Best_EqualUar_IsTheLastOfThem() => Assert.That(Create(0.5, 0.9, 0.7, 0.9, 0.8).Best!.Epoch, Is.EqualTo(4));

    [Test]
    public void Best_NoValidation_IsTheLastEpoch() => Assert.That(Create(null, null, null).Best!.Epoch, Is.EqualTo(3));

    [Test]
    public void Best_NoEpoch_IsNone() => Assert.That(new History().Best, Is.Null);

    [Test]
    public void IsExhausted_CountsFromTheFirstOfEqualBestEpochs()
    {
        Assert.That(Create(0.5, 0.9, 0.9, 0.9).IsExhausted(3), Is.False);
        Assert.That(Create(0.5, 0.9, 0.9, 0.9, 0.8).IsExhausted(3), Is.True);
        Assert.That(Create(0.5, 0.4, 0.4, 0.6).IsExhausted(3), Is.False);
    }

    [Test]
    public void IsExhausted_NoPatienceOrNoValidation_IsNever()
    {
        Assert.That(Create(0.5, 0.4, 0.4).IsExhausted(0), Is.False);
        Assert.That(Create(null, null, null).IsExhausted(1), Is.False);
    }

    [Test]
    public void WriteCsv_WithoutValidation_LeavesItsCellsEmpty()
    {
        using var folder = new TemporaryFolder();
        Create(0.25, null).WriteCsv(folder["history.csv"]);
        Assert.That(File.ReadAllLines(folder["history.csv"]), Is.EqualTo(new[]
        {
            "epoch,train_loss,train_accuracy,train_uar,validation_loss,validation_accuracy,validation_uar,learning_rate,seconds",
            "1,1.500000,0.400000,0.300000,0.700000,0.600000,0.250000,0.00200000,3.25",
            "2,1.500000,0.400000,0.300000,,,,0.00200000,3.25",
        }));
    }

    private static History Create(params double?[] uars)
    {
        var history = new History();
        foreach (double? uar in uars)
        {
            history.Add(new HistoryRow
            {
                Epoch = history.Rows.Count + 1, TrainLoss = 1.5, TrainAccuracy = 0.4, TrainUar = 0.3,
                ValidationLoss = uar is null ? null : 0.7, ValidationAccuracy = uar is null ? null : 0.6, ValidationUar = uar,
                LearningRate = 0.002, Seconds = 3.25,
            });
        }
        return history;
    }
}
