using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Pipeline;

/// <summary>Evaluates a stored model: on its own test part, or on every utterance of a corpus.</summary>
/// <example>
/// <code>
/// EvaluationReport report = Evaluator.Run("runs/tess", new RunOptions { Data = "data/tess" });
/// Console.WriteLine($"UAR {report.Uar.Value:P1}");
/// </code>
/// </example>
public static class Evaluator
{
    /// <summary>Evaluates a model and writes <c>report.json</c>, <c>predictions.csv</c> and the confusion matrix.</summary>
    /// <remarks>With robustness, <c>model-card.md</c> beside the model is written again with a section on it.</remarks>
    /// <param name="model">Checkpoint file, run folder, or name of a shipped model.</param>
    /// <param name="options">
    /// Folders, threads and device; without a folder the results go to <c>evaluation</c> beside the checkpoint.
    /// </param>
    /// <param name="corpus">The corpus; null: that of the training.</param>
    /// <param name="wholeCorpus">
    /// Whether every utterance is tested, instead of the test part in <c>split.csv</c> beside the model.
    /// </param>
    /// <param name="robustness">Whether the utterances are also classified under disturbed recording conditions.</param>
    /// <param name="progress">Receives the stages.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    /// <exception cref="SettingsException">The model's <c>Training.TorchThreads</c> are more than the threads of the options.</exception>
    /// <exception cref="FileNotFoundException">There is no such model, or no <c>split.csv</c> beside it.</exception>
    /// <exception cref="InvalidDataException">Model or corpus do not allow the evaluation.</exception>
    /// <exception cref="RunInterruptedException">The evaluation was cancelled.</exception>
    public static EvaluationReport Run(
        string model, RunOptions options, CorpusSettings? corpus = null, bool wholeCorpus = false, bool robustness = false,
        IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = ModelLocator.Find(model);
        Checkpoint checkpoint = Checkpoint.Load(path);
        RunSettings settings = checkpoint.Settings with { Corpus = corpus ?? checkpoint.Settings.Corpus };
        (LibTorchLevel level, Device device) = TorchThreads.Use(settings.Training, options);
        string beside = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var results = new RunFolder(options.Folder ?? Path.Combine(beside, "evaluation"));
        try
        {
            return Run(
                checkpoint, settings, options, level, device, beside, wholeCorpus, robustness, results, progress, cancellation);
        }
        catch (OperationCanceledException fault)
        {
            throw new RunInterruptedException($"interrupted: nothing was written to {results.Path}", fault);
        }
    }

    private static EvaluationReport Run(
        Checkpoint checkpoint, RunSettings settings, RunOptions options, LibTorchLevel level, Device device, string beside,
        bool wholeCorpus, bool robustness, RunFolder results, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        string? splitPath = wholeCorpus ? null : Path.Combine(beside, RunFiles.Split);
        progress?.Report(new ArithmeticChosen(level));
        var clock = new StageClock();

        string source = CorpusListing.FolderOf(settings.Corpus, options.Data);
        CorpusListing listing = CorpusListing.Scan(settings.Corpus, source);
        if (splitPath is not null)
            listing = StoredTestPart.Select(listing, splitPath, source);
        CorpusFeatures corpus = clock.Time("features", () =>
            CorpusStage.ReadFeatures(listing, settings, options, false, progress, cancellation));
        TrainingOverlap overlap = TrainingOverlap.Compute(checkpoint.Provenance, corpus.Corpus.Items, corpus.Corpus.Fingerprints);
        if (splitPath is not null)
            StoredTestPart.Prove(corpus.Corpus.Items, splitPath, overlap);

        using EmotionClassifier classifier = TorchClassifier.From(checkpoint, device);
        Protocol protocol = splitPath is null
            ? Protocol.FromWholeCorpus(overlap, settings.Corpus.IsSynthetic)
            : Protocol.FromSplit(
                settings.Split.By, StoredTestPart.TrainingSpeakers(splitPath),
                corpus.Corpus.Items.Select(item => item.Utterance.Speaker), settings.Corpus.IsSynthetic);

        // It takes longest, so it runs before anything is written: an interruption then leaves nothing behind.
        IReadOnlyList<RobustnessMetrics>? conditions = !robustness ? null : clock.Time("robustness", () =>
            RobustnessStage.Run(classifier, listing, corpus.Corpus.Items, settings, options, progress, cancellation));
        results.Claim();
        EvaluationReport report = clock.Time("evaluation", () =>
            Score(classifier, corpus, corpus.Corpus.Items, settings, protocol, results, cancellation));
        report = report with
        {
            Seconds = clock.Seconds,
            Features = corpus.Extraction,
            Robustness = conditions,
            Corpus = CorpusDigest.Create(corpus.Corpus),
            Environment = RunEnvironment.Create(level, device, corpus.Corpus, options.Command),
        };
        results.DrawConfusion(report);
        results.WriteRobustness(report, beside);
        report.Save(results.ReportPath);
        return report;
    }

    /// <summary>Classifies items, writes <c>predictions.csv</c> and computes the metrics, with and without enrolment.</summary>
    internal static EvaluationReport Score(
        EmotionClassifier classifier, CorpusFeatures corpus, IReadOnlyList<CorpusItem> items, RunSettings settings, Protocol protocol,
        RunFolder folder, CancellationToken cancellation)
    {
        CorpusItem[] scored = [.. items.Where(item => classifier.Labels.Contains(item.Utterance.Emotion))];
        var leftOut = new SortedDictionary<string, int>(
            items.Select(item => item.Utterance.Emotion)
                .Where(emotion => !classifier.Labels.Contains(emotion))
                .CountBy(emotion => emotion)
                .ToDictionary(),
            StringComparer.Ordinal);
        if (scored.Length == 0)
            throw new InvalidDataException(
                $"none of the {leftOut.Values.Sum()} utterances has an emotion that the model knows:" +
                $" {string.Join(", ", leftOut.Keys)} against {string.Join(", ", classifier.Labels)}");
        ScoredUtterance[] utterances = Classify(classifier, corpus, scored, null, cancellation);
        PredictionsFile.Save(folder.PredictionsPath, classifier.Labels, utterances);
        return EvaluationReport.Create(settings.Name, Metrics.Compute(classifier.Labels, utterances, settings.Seed), protocol, leftOut,
            classifier.ParameterCount, new Dictionary<string, double>(), settings.Seed) with
        {
            Enrolled = ScoreEnrolled(classifier, corpus, items, scored, settings, folder, cancellation),
        };
    }

    /// <summary>Metrics per length of enrolment; null if the model does not adapt or the corpus names no speakers.</summary>
    private static EnrolledMetrics[]? ScoreEnrolled(
        EmotionClassifier classifier, CorpusFeatures corpus, IReadOnlyList<CorpusItem> items, CorpusItem[] scored, RunSettings settings,
        RunFolder folder, CancellationToken cancellation)
    {
        if (!classifier.AdaptsToSpeaker || items.All(item => item.Utterance.Speaker.Length == 0))
            return null;
        var sampler = new EnrolmentSampler(classifier, corpus, items, settings);
        return [.. EnrolmentSampler.Seconds.Select(seconds =>
        {
            ScoredUtterance[] utterances = Classify(classifier, corpus, scored, item => sampler.Draw(item, seconds), cancellation);
            PredictionsFile.Save(folder.EnrolledPredictionsPath(seconds), classifier.Labels, utterances);
            return EnrolledMetrics.Compute(seconds, classifier.Labels, utterances, settings.Seed);
        })];
    }

    private static ScoredUtterance[] Classify(
        EmotionClassifier classifier, CorpusFeatures corpus, CorpusItem[] items, Func<CorpusItem, SpeakerStatistics?>? speakers,
        CancellationToken cancellation)
    {
        float[][] probabilities = classifier.Probabilities(
            [.. items.Select(corpus.FeaturesOf)], speakers is null ? null : [.. items.Select(speakers)], cancellation);
        return [.. items.Select((item, i) => ScoredUtterance.Create(
            item.Utterance.Path, item.Utterance.Speaker, item.Utterance.Emotion, classifier.ByLabel(probabilities[i])))];
    }
}
