using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using SpeechEmotion.Cli.Commands;
using SpeechEmotion.Cli.Output;

namespace SpeechEmotion.Cli.Runs;

/// <summary>
/// Runs as processes, several at once, each with one thread, so that no result depends on how many. Fails with the first that
/// fails, after the others have stopped at their last finished epoch.
/// </summary>
/// <param name="data">Folder of the corpus; null: that of the settings.</param>
/// <param name="threads">How many at once at most.</param>
/// <param name="device">Where the networks run, by name.</param>
/// <param name="noCache">Whether each extracts its features anew.</param>
internal sealed class RunWorkers(string? data, int threads, string device, bool noCache)
{
    /// <summary>Peak of a training on TESS with what the runtime keeps in reserve.</summary>
    private const long MemoryOfOne = 1_500_000_000;

    /// <summary>A run stops between two steps; one that does not within this time is ended, and resumes at its last finished epoch.</summary>
    private static readonly TimeSpan Patience = Deadline.WorkerGrace + TimeSpan.FromSeconds(0.2);

    public string? Data { get; } = data;

    public int Threads { get; } = threads;

    /// <summary>Runs every job that is not finished.</summary>
    /// <exception cref="OperationCanceledException">It was stopped, and so were all processes.</exception>
    /// <exception cref="IOException">A run failed; the message says which and why.</exception>
    public void Run(IReadOnlyList<RunJob> jobs, ManyRunsView view, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = new ConcurrentQueue<RunJob>(jobs.Where(job => !job.Folder.IsFinished));
        int lanes = Math.Max(1, Math.Min(AtOnce(Threads, FreeMemory()), queue.Count));
        view.Begin(queue.Count, lanes);
        Exception? first = null;
        Task all = Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => Task.Factory.StartNew(() =>
        {
            try
            {
                while (!stop.IsCancellationRequested && queue.TryDequeue(out RunJob? job))
                    RunOne(job, view, stop.Token);
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException or OperationCanceledException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // What follows from the stopping of the others does not count.
                if (!stop.IsCancellationRequested)
                    Interlocked.CompareExchange(ref first, fault, null);
                stop.Cancel();
                throw;
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        ((IAsyncResult)all).AsyncWaitHandle.WaitOne();
        cancellation.ThrowIfCancellationRequested();
        if (first is not null)
            throw new IOException($"{first.Message}; what is finished is kept: go on with --resume", first);
    }

    /// <summary>How many processes may run at once.</summary>
    internal static int AtOnce(int threads, long freeMemory) => (int)Math.Clamp(freeMemory / MemoryOfOne, 1, threads);

    private static long FreeMemory()
    {
        GC.Collect();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }

    private void RunOne(RunJob job, ManyRunsView view, CancellationToken stop)
    {
        using Process process = Process.Start(StartInfo(job))!;
        // Disposed before the process: it never ends one of another's.
        using var deadline = new Timer(_ => process.Kill(entireProcessTree: true));
        using CancellationTokenRegistration stopping = stop.Register(() =>
        {
            process.StandardInput.Close();
            deadline.Change(Patience, Timeout.InfiniteTimeSpan);
        });
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        view.Started(job);
        while (process.StandardOutput.ReadLine() is { } line)
            if (WorkerMessage.Parse(line) is { } message)
                view.Progress(job, message);
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (process.ExitCode != ExitCode.Done)
            throw new IOException($"{job.Name}: {Why(process.ExitCode, errors.Result)}");
        view.Finished(job);
    }

    private static string Why(int code, string errors)
    {
        string? last = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return last ?? $"its process was ended from outside (code {code}), perhaps for want of memory, which --threads 1 needs less of";
    }

    private ProcessStartInfo StartInfo(RunJob job)
    {
        (string file, string[] before) = Self();
        string[] corpus = [.. Data is null ? Array.Empty<string>() : ["--data", Data], .. noCache ? ["--no-cache"] : Array.Empty<string>()];
        return new ProcessStartInfo(file, [.. before, RunWorkerCommand.Verb, job.Folder.Path, .. corpus, "--threads", "1", "--device", device])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>How this program is started: its own executable, or <c>dotnet</c> with its assembly.</summary>
    private static (string File, string[] Before) Self()
    {
        Assembly program = typeof(Program).Assembly;
        string host = Environment.ProcessPath ?? "dotnet";
        bool byDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        if (byDotnet)
            return (host, [AssemblyPath]);
        return Assembly.GetEntryAssembly() == program ? (host, []) : ("dotnet", [AssemblyPath]);
    }

    // Not Assembly.Location, which is empty in a single file; there the process is the executable itself.
    private static string AssemblyPath => Path.Combine(AppContext.BaseDirectory, typeof(Program).Assembly.GetName().Name + ".dll");
}
