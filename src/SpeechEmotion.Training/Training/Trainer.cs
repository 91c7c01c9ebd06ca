using System.Diagnostics;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// Trains one network. After each epoch <c>best.safetensors</c> (if the epoch is the best so far), <c>last.safetensors</c>
/// and <c>history.csv</c> are written atomically. Training resumed from <c>last.safetensors</c> gives the same result as
/// training without interruption.
/// </summary>
internal sealed class Trainer
{
    private readonly RunSettings settings;
    private readonly TrainingData data;
    private readonly string folder;
    private readonly Device device;
    private readonly int batchThreads;
    private readonly NormalisedClip[] validation;

    /// <param name="settings">Settings of the run.</param>
    /// <param name="data">Training and validation clips, labels, normaliser.</param>
    /// <param name="folder">Folder of the written files.</param>
    /// <param name="device">Device of the training.</param>
    /// <param name="batchThreads">Number of threads that make the next batch; 0: none beside the training. No result depends on it.</param>
    public Trainer(RunSettings settings, TrainingData data, string folder, Device device, int batchThreads = 1)
    {
        (this.settings, this.data, this.folder, this.device, this.batchThreads) = (settings, data, folder, device, batchThreads);
        validation = [.. data.Validation.Select(clip => data.Normaliser.Prepare(clip.Features, speaker: null))];
    }

    public string BestPath => Path.Combine(folder, RunFiles.Best);

    public string LastPath => Path.Combine(folder, RunFiles.Last);

    private string HistoryPath => Path.Combine(folder, RunFiles.History);

    /// <summary>Trains all epochs, or those that remain after <paramref name="resumed"/>.</summary>
    /// <param name="resumed">State to resume from; null starts a new training.</param>
    /// <param name="progress">Receives every step and every epoch.</param>
    /// <param name="cancellation">Stops between two steps; the files of the last finished epoch are kept.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArithmeticException">The loss is not finite.</exception>
    public History Run(Checkpoint? resumed, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        Seed("weights");
        using EmotionNetwork network = NewNetwork();
        using var average = new ExponentialMovingAverage(network, NewNetwork(), settings.Training);
        using var optimizer = new AdamW(network, settings.Training);
        var batches = new Batches(data.Training, settings, data.Normaliser, data.Labels.Count, batchThreads);
        var history = new History(settings.Training.Keep);
        if (resumed is not null)
        {
            TrainingState.Restore(LastPath, resumed, network, average.Network, optimizer, history);
            // Written after the checkpoint: after a kill it may be one epoch behind.
            history.WriteCsv(HistoryPath);
        }
        int epochs = settings.Training.ComputeEpochs(batches.PerEpoch);
        progress?.Report(new TrainingStarted(network.ParameterCount, epochs, batches.PerEpoch, [.. history.Rows]));

        long steps = (long)epochs * batches.PerEpoch;
        for (int epoch = history.Rows.Count + 1; epoch <= epochs && !history.IsExhausted(settings.Training.Patience); epoch++)
        {
            long started = Stopwatch.GetTimestamp();
            Seed($"epoch {epoch}");
            long step = (long)(epoch - 1) * batches.PerEpoch;
            double rate = 0, loss = 0;
            var seen = new ConfusionMatrix(data.Labels);
            network.train();
            foreach (TrainingBatch batch in batches.Enumerate(epoch))
            {
                cancellation.ThrowIfCancellationRequested();
                using (batch)
                {
                    rate = LearningRate.At(settings.Training, step, steps);
                    loss += Step(network, optimizer, batch, rate, ++step, seen);
                    average.Update(step);
                }
                progress?.Report(new StepDone(epoch, (int)(step - ((long)(epoch - 1) * batches.PerEpoch))));
            }
            (HistoryRow row, double temperature) = Validate(average.Network, cancellation);
            history.Add(row with
            {
                Epoch = epoch,
                TrainLoss = loss / batches.PerEpoch,
                TrainAccuracy = seen.Scores.Accuracy,
                TrainUar = seen.Scores.Uar,
                LearningRate = rate,
                Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            });
            Save(network, average.Network, optimizer, history, temperature);
            progress?.Report(new EpochDone(history.Rows[^1], history.IsExhausted(settings.Training.Patience)));
        }
        return history;
    }

    private double Step(EmotionNetwork network, AdamW optimizer, TrainingBatch batch, double rate, long step, ConfusionMatrix seen)
    {
        using var scope = NewDisposeScope();
        (Tensor x, Tensor mask, Tensor statistics) = batch.Clips.ToTensors(device);
        Tensor targets = PaddedBatch.ToTensor(batch.Targets, [batch.Clips.Count, data.Labels.Count], device);

        Tensor[] embedded = network.Embed(x, mask, statistics);    // each [batch, width]
        Tensor logits = network.Classify(embedded);              // [members, batch, emotions]
        if (batch.LogitOffsetWeights.Length > 0)
        {
            Tensor offsetWeights = PaddedBatch.ToTensor(batch.LogitOffsetWeights, [batch.Clips.Count, batch.Clips.Count], device);
            logits = logits.Minus(offsetWeights.matmul(logits));
        }
        if (batch.Classes.Length > 0)
        {
            // e^(−1e4) is 0: an emotion that the clip's corpus lacks takes no part.
            using Tensor classes = PaddedBatch.ToTensor(batch.Classes, [batch.Clips.Count, data.Labels.Count], device);
            logits = logits.Plus(classes.Minus(1), 1e4);
        }
        Tensor logs = logits.log_softmax(2);
        Tensor each = targets.mul(logs).sum(new long[] { 2 });     // [members, batch], negative
        Tensor loss = each.mean().neg();
        double value = loss.item<float>();
        CheckFinite(value, $"the loss is {value} at step {step}");
        if (settings.Training.Contrastive > 0)
        {
            Tensor contrastive = SupervisedContrastiveLoss.Compute(embedded, batch.Labels, batch.Speakers, device, batch.Lambda);
            loss = loss.Plus(contrastive, settings.Training.Contrastive);
        }

        network.zero_grad();
        loss.backward();
        if (settings.Training.GradientClip > 0)
            nn.utils.clip_grad_norm_(network.parameters(), settings.Training.GradientClip);
        optimizer.Step(rate, step);

        long[] predicted = logs.mean([0]).argmax(1).cpu().data<long>().ToArray();
        for (int i = 0; i < predicted.Length; i++)
            seen.Count(batch.Labels[i], (int)predicted[i]);
        return value;
    }

    private (HistoryRow Row, double Temperature) Validate(EmotionNetwork network, CancellationToken cancellation)
    {
        var empty = new HistoryRow { Epoch = 0, TrainLoss = 0, TrainAccuracy = 0, TrainUar = 0, LearningRate = 0, Seconds = 0 };
        if (validation.Length == 0)
            return (empty, settings.Training.Temperature > 0 ? settings.Training.Temperature : 1);
        using var forward = new TorchNetwork(network, device);
        float[][] probabilities =
        [
            .. forward.Run(validation, cancellation)
                .Select(output => EnsembleDecision.Combine(output.Logits, data.Labels.Count, [], temperature: 1)),
        ];
        var matrix = new ConfusionMatrix(data.Labels);
        double loss = 0;
        for (int i = 0; i < validation.Length; i++)
        {
            int truth = data.Validation[i].Label;
            matrix.Count(truth, probabilities[i].IndexOf(probabilities[i].Max()));
            loss -= Math.Log(Math.Max(probabilities[i][truth], 1e-12)) / validation.Length;
        }
        CheckFinite(loss, $"the validation loss is {loss}");
        double temperature = settings.Training.Temperature > 0
            ? settings.Training.Temperature
            : TemperatureScaling.Fit(probabilities, [.. data.Validation.Select(clip => clip.Label)]);
        HistoryRow row = empty with
        {
            ValidationLoss = loss,
            ValidationAccuracy = matrix.Scores.Accuracy,
            ValidationUar = matrix.Scores.Uar,
        };
        return (row, temperature);
    }

    private void CheckFinite(double loss, string what)
    {
        if (!double.IsFinite(loss))
            throw new ArithmeticException(
                $"{what}: lower Training.LearningRate = {settings.Training.LearningRate}" +
                $" or Training.GradientClip = {settings.Training.GradientClip}");
    }

    /// <summary>Saves the best weights first: after a kill in between, the resumed run repeats the epoch with the same result.</summary>
    private void Save(EmotionNetwork network, EmotionNetwork average, AdamW optimizer, History history, double temperature)
    {
        HistoryRow row = history.Rows[^1];
        var metrics = new Dictionary<string, double>();
        if (row.ValidationUar is { } uar)
            metrics = new() { ["loss"] = row.ValidationLoss ?? 0, ["accuracy"] = row.ValidationAccuracy ?? 0, ["uar"] = uar };
        var checkpoint = new Checkpoint
        {
            Settings = settings,
            Labels = data.Labels,
            Normaliser = data.Normaliser,
            Provenance = data.Provenance with { Epoch = row.Epoch, Validation = metrics },
            Temperature = temperature,
            Weights = StateDict.From(average),
        };
        if (history.Best == row)
            checkpoint.Save(BestPath);
        TrainingState.Save(LastPath, checkpoint, network, optimizer, history);
        history.WriteCsv(HistoryPath);
    }

    private EmotionNetwork NewNetwork()
    {
        var network = new EmotionNetwork(settings.Model, NetworkSizes.FromSettings(settings, data.Labels.Count));
        network.to(device);
        return network;
    }

    private void Seed(string name) => manual_seed((long)(Seeds.Derive(settings.Seed, name) >> 1));
}
