using Spectre.Console;
using SpeechEmotion.Cli.Commands;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Runs;

/// <summary>Several runs and the report of them all: what <c>crossval</c> and <c>train --seeds</c> share.</summary>
internal static class ManyRuns
{
    public static void Run(
        RunSettings settings, IReadOnlyList<RunJob> jobs, RunFolder root, RunWorkers workers, IAnsiConsole console, CancellationToken cancellation)
    {
        var clock = new StageClock();
        bool nothingToDo = jobs.All(job => job.Folder.IsFinished);
        try
        {
            clock.Time("runs", () => ManyRunsView.Run(console, jobs, view => workers.Run(jobs, view, cancellation)));
        }
        catch (OperationCanceledException fault)
        {
            throw new InterruptedRunException(
                $"interrupted; {root.Path} keeps {jobs.Count(job => job.Folder.IsFinished)} of {jobs.Count} runs finished, the others up to their last finished epoch: go on with --resume", fault);
        }

        FinishedRun[] runs = [.. jobs.Select(job => FinishedRun.Load(job.Name, job.Settings, job.Folder))];
        EvaluationReport report = clock.Time("pooling", () =>
        {
            foreach (IGrouping<int, FinishedRun> seed in runs.GroupBy(run => run.Settings.Seed))
                if (seed.Count() > 1 && seed.Count() < runs.Length)
                    Write(Pool(settings with { Seed = seed.Key, Name = $"{settings.Name}-seed-{seed.Key}" }, [.. seed]), [.. seed], new RunFolder(Path.Combine(root.Path, $"seed-{seed.Key}")));
            return Pool(settings, runs);
        });
        // When every run was finished before, the seconds that they took are known from the report of that time.
        report = report with { Seconds = nothingToDo && root.IsFinished ? EvaluationReport.Load(root.ReportPath).Seconds : clock.Seconds };
        Write(report, runs, root);
        console.WriteLine();
        console.WriteLine(report.Protocol.Sentence);
        EvaluationTables.Write(console, report);
        ManyRunsTables.Write(console, report.Runs!);
        console.WriteLine($"written to {root.Path}: report.json, predictions.csv, confusion.png and {jobs.Count} run folders; {clock}");
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
