using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>Several runs of one recipe and their pooled report: the folds of a cross-validation, or repetitions with other seeds.</summary>
/// <example>
/// <code>
/// RunSettings settings = SettingsFile.Load("configs/voices.json");
/// EvaluationReport report = CrossValidation.Run(settings, new RunOptions { Data = "data/ravdess" });
/// Console.WriteLine($"UAR {report.Uar.Value:P1}, {report.Runs!.Folds!.Count} folds");
/// </code>
/// </example>
public static class CrossValidation
{
    /// <summary>Tests each utterance once, by a model that was trained on the other folds.</summary>
    /// <param name="settings">The recipe; <c>Split.Folds</c> or <c>Split.FoldSpeakers</c> make the folds.</param>
    /// <param name="options">Folders, threads, device, and the command of the worker processes.</param>
    /// <param name="seeds">Number of seeds, from <c>Seed</c> upwards.</param>
    /// <param name="progress">Receives the stages, runs and epochs.</param>
    /// <param name="cancellation">Stops all runs at their last finished epoch.</param>
    /// <returns>The pooled report.</returns>
    /// <exception cref="SettingsException">The settings, or the folder, do not allow it.</exception>
    /// <exception cref="InvalidDataException">The corpus does not allow it.</exception>
    /// <exception cref="IOException">A run failed, or a file cannot be read or written.</exception>
    /// <exception cref="RunInterruptedException">It was cancelled; the message reports what is kept.</exception>
    public static EvaluationReport Run(
        RunSettings settings, RunOptions options, int seeds = 1, IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        RunPlan.CheckFolds(settings);
        LibTorchLevel level = TorchThreads.Use(settings.Training, options).Level;
        using var root = new RunFolder(options.Folder ?? Path.Combine("runs", settings.Name + "-crossval"));
        root.Open(settings, options.Resume);
        CorpusListing listing = CorpusListing.Scan(settings.Corpus, CorpusListing.FolderOf(settings.Corpus, options.Data));
        // Copies decide which utterances must share a fold, and a fault in the corpus shows before anything trains.
        Corpus corpus = CorpusStage.Read(listing, settings, options, progress, cancellation);
        return Run(settings, RunPlan.CreateFolds(settings, seeds, root, corpus.Items), root, options, level, progress, cancellation);
    }

    /// <summary>Repeats one training with several seeds.</summary>
    /// <inheritdoc cref="Run(RunSettings, RunOptions, int, IProgress{RunProgress}, CancellationToken)"/>
    public static EvaluationReport Repeat(
        RunSettings settings, RunOptions options, int seeds, IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        LibTorchLevel level = TorchThreads.Use(settings.Training, options).Level;
        using var root = new RunFolder(options.Folder ?? Path.Combine("runs", settings.Name));
        root.Open(settings, options.Resume);
        return Run(settings, RunPlan.CreateSeeds(settings, seeds, root), root, options, level, progress, cancellation);
    }

    /// <summary>Whether <see cref="Repeat"/> was begun in a folder.</summary>
    public static bool IsRepetition(string folder) => Directory.Exists(folder) && RunPlan.HasSeeds(new RunFolder(folder));

    private static EvaluationReport Run(
        RunSettings settings, IReadOnlyList<RunJob> jobs, RunFolder root, RunOptions options, LibTorchLevel level,
        IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new ArithmeticChosen(level));
        var clock = new StageClock();
        bool nothingToDo = jobs.All(job => job.Folder.IsFinished);
        try
        {
            clock.Time("runs", () =>
            {
                if (options.Worker.Count > 0)
                    new RunWorkers(options).Run(jobs, progress, cancellation);
                else
                    RunHere(jobs, options, progress, cancellation);
            });
        }
        catch (OperationCanceledException fault)
        {
            int finished = jobs.Count(job => job.Folder.IsFinished);
            throw new RunInterruptedException(
                $"interrupted; {root.Path} keeps {finished} of {jobs.Count} runs finished," +
                " the others up to their last finished epoch: go on with --resume", fault);
        }

        FinishedRun[] runs = [.. jobs.Select(job => FinishedRun.Load(job.Name, job.Settings, job.Folder))];
        if (settings.Split.By == SplitBy.Corpus)
            runs = FinishedRun.WithCommonLabels(runs);
        EvaluationReport report = clock.Time("pooling", () =>
        {
            foreach (IGrouping<int, FinishedRun> seed in runs.GroupBy(run => run.Settings.Seed))
                if (seed.Count() > 1 && seed.Count() < runs.Length)
                    Write(Pool(settings with { Seed = seed.Key, Name = $"{settings.Name}-seed-{seed.Key}" }, [.. seed]), [.. seed],
                        new RunFolder(Path.Combine(root.Path, $"seed-{seed.Key}")));
            return Pool(settings, runs);
        });
        // If every run was finished before, the earlier report has their duration.
        // Processor and versions are those of the last run, which can have run elsewhere; the command is this one.
        RunEnvironment? environment = runs[^1].Report.Environment;
        report = report with { Environment = environment is null ? null : environment with { Command = options.Command } };
        report = report with { Seconds = nothingToDo && root.IsFinished ? EvaluationReport.Load(root.ReportPath).Seconds : clock.Seconds };
        Write(report, runs, root);
        return report;
    }

    /// <summary>Runs the jobs one after the other in this process.</summary>
    private static void RunHere(
        IReadOnlyList<RunJob> jobs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new RunsStarted([.. jobs.Select(job => job.Name)], jobs.Count(job => job.Folder.IsFinished), AtOnce: 0));
        foreach (RunJob job in jobs.Where(job => !job.Folder.IsFinished))
        {
            progress?.Report(new RunBegun(job.Name, job.Settings.Training.Epochs));
            TrainingResult result = TrainingRun.Run(
                job.Settings, options with { Folder = job.Folder.Path, Resume = true },
                WorkerMessage.From(progress, job.Name), cancellation);
            progress?.Report(new RunFinished(job.Name, result.Report!));
        }
    }

    private static EvaluationReport Pool(RunSettings settings, FinishedRun[] runs) =>
        PooledReport.Create(settings, runs, runs[0].Report.Protocol.Synthetic);

    private static void Write(EvaluationReport report, FinishedRun[] runs, RunFolder folder)
    {
        PredictionsFile.Save(folder.PredictionsPath, report.Labels, runs.SelectMany(run => run.ScoredUtterances));
        folder.DrawConfusion(report);
        report.Save(folder.ReportPath);
    }
}
