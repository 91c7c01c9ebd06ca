using SpeechEmotion.Augmentation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Pipeline;

/// <summary>One run: corpus → features → split → training → evaluation on the test part → run folder.</summary>
/// <example>
/// <code>
/// RunSettings settings = SettingsFile.Load("configs/tess.json");
/// TrainingResult result = TrainingRun.Run(settings, new RunOptions { Data = "data/tess" });
/// Console.WriteLine($"{result.Report!.Uar.Value:P1} in {result.Folder}");
/// </code>
/// </example>
public static class TrainingRun
{
    /// <summary>Trains and evaluates. The report is written last: a folder with a report is a finished run.</summary>
    /// <param name="settings">Everything that decides about the result.</param>
    /// <param name="options">Folders, threads and device.</param>
    /// <param name="progress">Receives the stages, steps and epochs, on the threads that work.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="SettingsException">The settings, or the folder, do not allow the run.</exception>
    /// <exception cref="InvalidDataException">The corpus does not allow the run.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="RunInterruptedException">The run was cancelled; the message says what is kept.</exception>
    /// <exception cref="ArithmeticException">The loss is no longer a finite number.</exception>
    public static TrainingResult Run(
        RunSettings settings, RunOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        (LibTorchLevel level, Device device) = TorchThreads.Use(settings.Training, options);
        using var folder = new RunFolder(options.Folder ?? Path.Combine("runs", settings.Name));
        Checkpoint? resumed = folder.Open(settings, options.Resume);
        try
        {
            return Run(settings, options, level, device, folder, resumed, progress, cancellation);
        }
        catch (OperationCanceledException fault)
        {
            throw new RunInterruptedException(folder.DescribeKeptWork(), fault);
        }
    }

    /// <summary>Begins or continues the run of a folder, with the settings in its <c>config.json</c>.</summary>
    /// <inheritdoc cref="Run(RunSettings, RunOptions, IProgress{RunProgress}, CancellationToken)"/>
    public static TrainingResult Resume(
        string folder, RunOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        RunSettings settings = SettingsFile.Load(Path.Combine(folder, RunFiles.Config));
        return Run(settings, options with { Folder = folder, Resume = true }, progress, cancellation);
    }

    private static TrainingResult Run(
        RunSettings settings, RunOptions options, LibTorchLevel level, Device device, RunFolder folder, Checkpoint? resumed,
        IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new ArithmeticChosen(level));
        var clock = new StageClock();

        CorpusListing listing = CorpusListing.Scan(settings.Corpus, CorpusListing.FolderOf(settings.Corpus, options.Data));
        bool keepSamples = WaveformAugmentation.IsEnabled(settings.Augmentation);
        CorpusFeatures corpus = clock.Time("features", () =>
            CorpusStage.ReadFeatures(listing, settings, options, keepSamples, progress, cancellation));

        CorpusSplit split = Splitter.Split(corpus.Corpus.Items, settings.Split, settings.Seed);
        folder.WriteSplit(corpus.Corpus.Items, split, resumed is not null);
        Protocol protocol = DescribeProtocol(corpus.Corpus, split, settings);
        progress?.Report(new SplitDrawn(split, protocol));

        TrainingData data = TrainingData.Create(corpus, split, settings, protocol);
        var trainer = new Trainer(settings, data, folder.Path, device, options.Threads - settings.Training.TorchThreads);
        History history = clock.Time("training", () => trainer.Run(resumed, progress, cancellation));

        CorpusItem[] test = [.. split.ItemsOf(Part.Test, corpus.Corpus)];
        if (test.Length == 0)
        {
            folder.DrawCurves(history, settings.Name);
            return Result(null);
        }
        EvaluationReport report = clock.Time("evaluation", () =>
        {
            using EmotionClassifier classifier = TorchClassifier.Load(trainer.BestPath, device);
            return Evaluator.Score(classifier, corpus, test, settings, protocol, folder, cancellation);
        });
        clock.Time("pictures", () =>
        {
            folder.DrawCurves(history, settings.Name);
            folder.DrawConfusion(report);
        });
        report = report with
        {
            Seconds = clock.Seconds,
            Features = corpus.Extraction,
            Corpus = CorpusDigest.Create(corpus.Corpus),
            Environment = RunEnvironment.Create(level, device, corpus.Corpus, options.Command),
            Reproducible = Reproducibility.Describe(level, device.type.ToString().ToLowerInvariant()),
        };
        folder.WriteModelCard(report, settings, corpus.Corpus, data);
        report.Save(folder.ReportPath);
        return Result(report);

        TrainingResult Result(EvaluationReport? written) =>
            new(folder.Path, trainer.BestPath, history.Rows, history.Best!.Epoch, written, clock.Seconds);
    }

    private static Protocol DescribeProtocol(Corpus corpus, CorpusSplit split, RunSettings settings)
    {
        bool synthetic = settings.Corpus.IsSynthetic;
        if (split.IndicesOf(Part.Test).Count == 0)
            return Protocol.WithoutTest(synthetic);
        IEnumerable<string> Speakers(params Part[] parts) =>
            parts.SelectMany(part => split.ItemsOf(part, corpus)).Select(item => item.Utterance.Speaker);
        return Protocol.FromSplit(settings.Split.By, Speakers(Part.Train, Part.Validation), Speakers(Part.Test), synthetic);
    }
}

/// <summary>What a training gave.</summary>
/// <param name="Folder">The run folder.</param>
/// <param name="ModelPath">The checkpoint of the kept epoch.</param>
/// <param name="History">One row per epoch.</param>
/// <param name="BestEpoch">The epoch whose weights are kept, from 1.</param>
/// <param name="Report">Metrics on the test part; null where there is none.</param>
/// <param name="Seconds">Wall time in seconds by stage, and <c>total</c>.</param>
public sealed record TrainingResult(
    string Folder, string ModelPath, IReadOnlyList<HistoryRow> History, int BestEpoch, EvaluationReport? Report,
    IReadOnlyDictionary<string, double> Seconds);
