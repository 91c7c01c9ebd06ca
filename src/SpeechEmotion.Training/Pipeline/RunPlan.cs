using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Pipeline;

/// <summary>One run among several.</summary>
/// <param name="Name">Its folder, relative to that of all: <c>fold-2</c>, <c>seed-3/fold-2</c>, <c>seed-3</c>.</param>
/// <param name="Settings">The run.</param>
/// <param name="Folder">Where it is written.</param>
internal sealed record RunJob(string Name, RunSettings Settings, RunFolder Folder);

/// <summary>Which runs make a cross-validation or a repetition, and where each is written.</summary>
internal static class RunPlan
{
    /// <summary>Refuses settings with which there can be no folds, before anything is read.</summary>
    /// <exception cref="SettingsException">Every fault, with its path.</exception>
    public static void CheckFolds(RunSettings settings)
    {
        if (settings.Split.Fold != 0)
            throw new SettingsException(settings.Name, [$"Split.Fold = {settings.Split.Fold}: crossval runs every fold; leave it 0"]);
        SettingsFile.Parse(SettingsFile.ToJson(settings with { Split = settings.Split with { Fold = 1 } }), settings.Name);
    }

    /// <summary>The folds of each seed. Runs that were begun are checked to be of these settings and this corpus.</summary>
    /// <exception cref="SettingsException">The folder holds runs of another kind.</exception>
    /// <exception cref="InvalidDataException">A fold cannot be trained, or the corpus has changed since the runs began.</exception>
    public static IReadOnlyList<RunJob> CreateFolds(RunSettings settings, int seeds, RunFolder root, IReadOnlyList<CorpusItem> items)
    {
        CheckLayout(root, seeds);
        var jobs = new List<RunJob>();
        for (int seed = settings.Seed; seed < settings.Seed + seeds; seed++)
            for (int fold = 1, folds = Folds.Assign(items, settings.Split, seed).Max(); fold <= folds; fold++)
            {
                RunJob job = Job(settings with { Seed = seed, Split = settings.Split with { Fold = fold } },
                    seeds == 1 ? $"fold-{fold}" : $"seed-{seed}/fold-{fold}", root);
                CorpusSplit split = Splitter.Split(items, job.Settings.Split, seed);
                if (job.Folder.IsFinished)
                    job.Folder.WriteSplit(items, split, resumed: true);
                jobs.Add(job);
            }
        foreach (RunJob job in jobs)
            job.Folder.Prepare(job.Settings);
        return jobs;
    }

    /// <summary>The same run with each seed.</summary>
    /// <exception cref="SettingsException">The folder holds runs of another kind.</exception>
    public static IReadOnlyList<RunJob> CreateSeeds(RunSettings settings, int seeds, RunFolder root)
    {
        if (settings.Split is { By: SplitBy.Random, Test: 0, Fold: 0 })
            throw new SettingsException(
                $"--seeds {seeds}", ["Split.Test = 0: without a test part there are no metrics to compare; set it above 0"]);
        CheckLayout(root, seeds);
        RunJob[] jobs =
            [.. Enumerable.Range(settings.Seed, seeds).Select(seed => Job(settings with { Seed = seed }, $"seed-{seed}", root))];
        foreach (RunJob job in jobs)
            job.Folder.Prepare(job.Settings);
        return jobs;
    }

    /// <summary>Whether a repetition was begun in the folder.</summary>
    public static bool HasSeeds(RunFolder root) => Directory.EnumerateDirectories(root.Path, "seed-*").Any();

    private static RunJob Job(RunSettings settings, string name, RunFolder root) => new(
        name, settings with { Name = $"{settings.Name}-{name.Replace('/', '-')}" }, new RunFolder(Path.Combine(root.Path, name)));

    /// <summary>With several seeds each has a folder of its own: what was begun with one seed would be trained again beside it.</summary>
    private static void CheckLayout(RunFolder root, int seeds)
    {
        bool single = Directory.Exists(Path.Combine(root.Path, "fold-1")) || File.Exists(root.BestPath);
        if (seeds > 1 && single)
            throw new SettingsException(root.Path, ["was begun without --seeds; go on without, or give another folder with --out"]);
        if (seeds == 1 && HasSeeds(root))
            throw new SettingsException(root.Path, ["was begun with --seeds; go on with it, or give another folder with --out"]);
    }
}
