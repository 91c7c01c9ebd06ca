using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// Ctrl-C and SIGTERM end every verb within two seconds with the right code, also where the work cannot stop by itself; no child is left
/// and no file half-written. SPEECHEMOTION_SIGNALS sets how often each is tried, at moments drawn anew (default 1).
/// </summary>
[Category("Signal"), NonParallelizable, Platform(Exclude = "Win")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class SignalTests
{
    private const int Interrupt = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_SIGNALS") ?? "1");

    [Test]
    public void Train_Signal_EndsAndKeepsWhatIsFinished([Values("INT", "TERM")] string signal) =>
        Repeat("train", signal, 130, folder => ["train", Smoke, "--out", folder["run"], "--set", "Training.Epochs=2000"],
            folder => File.Exists(folder["run/last.safetensors"]));

    [Test]
    public void Crossval_Signal_EndsWithItsWorkers([Values("INT", "TERM")] string signal) =>
        Repeat("crossval", signal, 130,
            folder => ["crossval", Smoke, "--out", folder["run"], "--threads", "2", "--set", "Training.Epochs=2000"],
            folder => File.Exists(folder["run/fold-1/last.safetensors"]));

    [Test]
    public void Predict_FfmpegHangs_EndsWithIt([Values("INT", "TERM")] string signal) =>
        Repeat("predict", signal, 130, folder => ["predict", folder["a.mp3"], "--model", TrainedRun.Folder], FfmpegRuns);

    [Test]
    public void Corpus_FfmpegHangs_EndsWithIt([Values("INT", "TERM")] string signal) =>
        Repeat("corpus", signal, 130, folder => ["corpus", folder.Path, "--kind", "folders"], FfmpegRuns);

    [Test]
    public void Evaluate_FfmpegHangs_EndsWithIt([Values("INT", "TERM")] string signal) =>
        Repeat("evaluate", signal, 130,
            folder => ["evaluate", TrainedRun.Folder, "--data", folder.Path, "--split", "all", "--set", "Corpus.Kind=folders", "--out",
                folder["out"]], FfmpegRuns);

    [Test]
    public void Features_FfmpegHangs_EndsWithIt([Values("INT", "TERM")] string signal) =>
        Repeat("features", signal, 130, folder => ["features", folder["a.mp3"], "--out", folder["a.csv"]], FfmpegRuns);

    [Test]
    public void Devices_FfmpegHangs_EndsWithIt([Values("INT", "TERM")] string signal) =>
        Repeat("devices", signal, 130, _ => ["devices"], FfmpegRuns);

    [Test]
    public void Live_MicrophoneGivesNothing_EndsWithFfmpeg([Values("INT", "TERM")] string signal) =>
        Repeat("live --mic", signal, 0, _ => ["live", "--mic", "alsa:none", "--model", TrainedRun.Folder], FfmpegRuns);

    [Test]
    public void Info_PipeThatNobodyWrites_Ends() => Repeat("info", "TERM", 130, folder => ["info", folder["pipe.wav"]], null);

    [Test]
    public void Live_FfmpegHangs_EndsWithIt([Values("INT", "TERM")] string signal) =>
        Repeat("live", signal, 0, folder => ["live", "--file", folder["a.mp3"], "--model", TrainedRun.Folder], FfmpegRuns);

    [Test]
    public void Live_NothingArrives_Ends([Values("INT", "TERM")] string signal) =>
        Repeat("live", signal, 0, _ => ["live", "--stdin", "16000", "--model", TrainedRun.Folder], null);

    [Test]
    public void Predict_PipeThatNobodyWrites_Ends() =>
        Repeat("predict", "TERM", 130, folder => ["predict", folder["pipe.wav"], "--model", TrainedRun.Folder], null);

    // With --fast and without a reader the output fills the pipe, and the program blocks within a line.
    [Test]
    public void Live_Signal_KeepsTheTimeline([Values("INT", "TERM", "HUP")] string signal, [Values] bool isRead)
    {
        if (signal == "HUP" && HangupIsIgnored())
            Assert.Ignore("the tests run under nohup: whoever starts the program so wants it to outlive the terminal");
        using var folder = new TemporaryFolder();
        TinyModel.Checkpoint(new LiveSettings { HopSeconds = 0.02 }).Save(folder["best.safetensors"]);
        Pcm16File.Write(folder["long.wav"],
            new Waveform(TestSignals.Join(
                [.. Enumerable.Range(0, 60).SelectMany(i => new[] { TestSignals.Speech(i % 28), TestSignals.Silence(0.8) })]),
                TestSignals.Rate));
        string[] pace = isRead ? [] : ["--fast"];
        using Process process = Start(folder,
            ["live", "--file", folder["long.wav"], .. pace, "--json", "--model", folder.Path, "--save", folder["timeline.csv"]]);
        double slowness = Slowness();
        int utterances = 0;
        for (string? line = ""; isRead && utterances == 0 && line is not null; line = process.StandardOutput.ReadLine())
            utterances += line.Contains("\"utterance-end\"", StringComparison.Ordinal) ? 1 : 0;
        if (!isRead)
            WaitUntilIdle(process);
        Assert.That(process.HasExited, Is.False);

        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        string rest = isRead ? process.StandardOutput.ReadToEnd() : "";
        bool ended = process.WaitForExit(TimeSpan.FromSeconds(30));
        TimeSpan taken = clock.Elapsed;
        if (!ended)
            process.Kill();
        Assert.That(ended);
        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(taken, Is.LessThan(Limit * slowness));
        string[] rows = File.ReadAllLines(folder["timeline.csv"]);
        if (isRead)
        {
            Assert.That(rows, Has.Length.EqualTo(1 + utterances
                + rest.Split('\n').Count(line => line.Contains("\"utterance-end\"", StringComparison.Ordinal))));
            Assert.That(rest.TrimEnd().Split('\n')[^1], Does.StartWith("{\"type\":\"summary\""));
        }
        else
            Assert.That(rows, Has.Length.GreaterThan(1), "the utterances before it hung");
    }

    private static string Smoke => Path.Combine(SharedData.ProjectRoot()!, "configs", "smoke.json");

    private static bool FfmpegRuns(TemporaryFolder folder) => File.Exists(folder["ffmpeg.pid"]);

    /// <param name="verb">For messages.</param>
    /// <param name="signal">Its name.</param>
    /// <param name="code">The exit code that it must lead to.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="isAtWork">Whether the period has begun in which the moment of the signal is drawn; null: two seconds after the start,
    /// longer on a busy machine.</param>
    private static void Repeat(
        string verb, string signal, int code, Func<TemporaryFolder, string[]> arguments, Func<TemporaryFolder, bool>? isAtWork)
    {
        for (int round = 0; round < Rounds; round++)
        {
            using var folder = new TemporaryFolder();
            MakeInputs(folder);
            using Process process = Start(folder, arguments(folder));
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            double slowness = Slowness();
            var wait = Stopwatch.StartNew();
            while (isAtWork is null
                ? wait.Elapsed < TimeSpan.FromSeconds(2) * slowness
                : !isAtWork(folder) && wait.Elapsed < TimeSpan.FromSeconds(60) * slowness)
                Thread.Sleep(20);
            Thread.Sleep(Rounds > 1 ? Random.Shared.Next(3000) : 200);
            Assert.That(process.HasExited, Is.False, $"{verb} ended by itself");
            int[] children = [.. Children(process.Id)];

            var clock = Stopwatch.StartNew();
            using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
                kill.WaitForExit();
            bool ended = process.WaitForExit(TimeSpan.FromSeconds(30));
            TimeSpan taken = clock.Elapsed;
            if (!ended)
                process.Kill(entireProcessTree: true);
            Assert.That(ended, $"{verb} does not end");
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.EqualTo(code), errors.Result);
            Assert.That(taken, Is.LessThan(Limit * slowness), verb);
            Assert.That(() => children.Where(IsAlive), Is.Empty.After((int)(2000 * slowness), 50), $"{verb} leaves children");
            Assert.That(Directory.GetFiles(folder.Path, ".*.tmp",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }), Is.Empty);
            TestContext.Out.WriteLine($"{verb} {signal}: {taken.TotalSeconds:0.00} s, {children.Length} children; {errors.Result.Trim()}");
        }
    }

    /// <summary>Waits until a process that has worked is idle because it waits for its reader.</summary>
    private static void WaitUntilIdle(Process process)
    {
        TimeSpan before = TimeSpan.Zero, now = TimeSpan.Zero;
        for (int i = 0; i < 100 && (now < TimeSpan.FromSeconds(0.5) || now - before > TimeSpan.FromSeconds(0.02)); i++)
        {
            Thread.Sleep(1000);
            process.Refresh();
            (before, now) = (now, process.TotalProcessorTime);
        }
    }

    /// <summary>
    /// The limit is for a machine that has a core for the program: with more work waiting than cores, everything takes longer.
    /// </summary>
    private static double Slowness()
    {
        double load = double.Parse(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "0",
            System.Globalization.CultureInfo.InvariantCulture);
        return Math.Max(1, load / Environment.ProcessorCount);
    }

    // Linux's mask of the signals that this process, and so its children, were started to ignore; SIGHUP is the first bit.
    private static bool HangupIsIgnored() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").Any(line =>
            line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line[7..].Trim(), 16) & 1) != 0);

    private static void MakeInputs(TemporaryFolder folder)
    {
        foreach (string name in new[] { "a.mp3", "anger/1.mp3", "fear/2.mp3" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            // The header of a frame of MPEG layer III, and bytes that are no text.
            File.WriteAllBytes(folder[name], [0xFF, 0xFB, 0x90, 0x64, .. Enumerable.Range(0, 413).Select(i => (byte)(i * 37))]);
        }
        // A program in the place of ffmpeg that writes its process id and then hangs.
        File.WriteAllText(folder["ffmpeg"], "#!/bin/sh\ntrap '' INT TERM\necho $$ >>\"$(dirname \"$0\")/ffmpeg.pid\"\nexec sleep 60\n");
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        using var made = Process.Start("mkfifo", [folder["pipe.wav"]]);
        made.WaitForExit();
    }

    private static Process Start(TemporaryFolder folder, string[] arguments)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "SpeechEmotion.Cli.dll"), .. arguments];
        // What a shell starts in the background ignores SIGINT, and so would the program as its child.
        string[] command = IgnoresInterrupts() ? ["env", "--default-signal=INT", .. program] : program;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, // never written to
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        return Process.Start(start)!;
    }

    private static bool IgnoresInterrupts() =>
        OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
            .FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & 1UL << (Interrupt - 1)) != 0;

    private static IEnumerable<int> Children(int parent)
    {
        foreach (string folder in Directory.Exists("/proc") ? Directory.GetDirectories("/proc") : [])
            if (int.TryParse(Path.GetFileName(folder), out int id) && Status(id) is [_, var of, ..] && of == $"{parent}")
                foreach (int child in Children(id).Prepend(id))
                    yield return child;
    }

    private static bool IsAlive(int id) => Status(id) is [not "Z", ..];

    // State, parent, …: what stands behind the name in brackets.
    private static string[]? Status(int id)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }
}
