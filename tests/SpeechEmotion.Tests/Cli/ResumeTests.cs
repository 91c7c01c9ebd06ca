using System.Diagnostics;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// Kills a training (SIGKILL) at random moments and in the middle of writing, goes on with <c>--resume</c>, and compares all that
/// the run wrote with an uninterrupted one. SPEECHEMOTION_KILLS sets how many kills (default 1), SPEECHEMOTION_KILL_SEED the moments.
/// </summary>
[Category("Kill"), NonParallelizable]
public class ResumeTests
{
    private const int Epochs = 16;

    [Test]
    public void Train_KilledAndResumed_EqualsTheUninterruptedRun()
    {
        using var folder = new TemporaryFolder();
        int wanted = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_KILLS") ?? "1");
        int seed = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_KILL_SEED") ?? $"{Environment.TickCount & 0xffff}");
        SeededRandom random = Seeds.Random(seed, "kills");
        Stopwatch clock = Stopwatch.StartNew();
        AssertDone(ProgramProcess.Run(Train(folder["whole"], resume: false)));
        TimeSpan whole = clock.Elapsed;

        List<string> runs = [folder["killed-1"]], log = [];
        for (int kills = 0; kills < wanted;)
        {
            // Every other kill waits for a file that is being written, the rest for a moment drawn over the run's length.
            string? moment = kills % 2 == 0
                ? KillAfter(runs[^1], whole * random.NextDouble())
                : KillWhileWriting(runs[^1], skip: random.Next(2 * Epochs));
            if (moment is null)
            {
                // It was at its end before its moment came.
                runs.Add(folder[$"killed-{runs.Count + 1}"]);
                continue;
            }
            kills++;
            log.Add($"{Path.GetFileName(runs[^1])}: killed {moment}");
        }
        AssertDone(ProgramProcess.Run(Train(runs[^1], resume: true)));

        TestContext.Out.WriteLine($"seed {seed}, an uninterrupted run takes {whole.TotalSeconds:0.0} s; "
            + $"{wanted} kills in {runs.Count} runs");
        log.ForEach(TestContext.Out.WriteLine);
        foreach (string run in runs)
        {
            Assert.That(RunComparison.Differences(folder["whole"], run), Is.Empty, $"{Path.GetFileName(run)}, seed {seed}");
            Assert.That(Files(run), Is.EqualTo(Files(folder["whole"])), "something was left behind");
        }
    }

    private static string? KillAfter(string run, TimeSpan delay)
    {
        using Process process = ProgramProcess.Start(Train(run, resume: Directory.Exists(run)));
        Drain(process);
        return process.WaitForExit(delay) ? Finished(process) : Kill(process, run);
    }

    /// <summary>Kills when a temporary file is seen, the first few of them passed over.</summary>
    private static string? KillWhileWriting(string run, int skip)
    {
        using Process process = ProgramProcess.Start(Train(run, resume: Directory.Exists(run)));
        Drain(process);
        HashSet<string> seen = [.. Leftovers(run)];
        while (!process.HasExited)
            foreach (string file in Leftovers(run))
                if (seen.Add(file) && skip-- <= 0)
                    return Kill(process, run);
        return Finished(process);
    }

    private static string Kill(Process process, string run)
    {
        process.Kill();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Not.Zero);
        string[] torn = [.. Leftovers(run).Select(path => Path.GetFileName(path))];
        string last = Path.Combine(run, "history.csv");
        string left = torn.Length > 0 ? $", left {string.Join(", ", torn)}" : "";
        return $"after epoch {(File.Exists(last) ? File.ReadLines(last).Count() - 1 : 0)}{left}";
    }

    private static string? Finished(Process process)
    {
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return null;
    }

    private static void Drain(Process process)
    {
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
    }

    private static string[] Leftovers(string run) => Directory.Exists(run) ? Directory.GetFiles(run, ".*.tmp") : [];

    private static string[] Files(string run) =>
        [.. Directory.EnumerateFileSystemEntries(run).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string[] Train(string folder, bool resume) =>
    [
        "train", Path.Combine(SharedData.ProjectRoot()!, "configs", "smoke.json"), "--out", folder, "--threads", "1",
        "--set", $"Training.Epochs={Epochs}", .. resume ? new[] { "--resume" } : [],
    ];

    private static void AssertDone((int Code, string Output, string Errors) ended) => Assert.That(ended.Code, Is.Zero, ended.Errors);
}
