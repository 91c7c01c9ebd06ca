using System.Collections.Concurrent;
using System.Diagnostics;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>
/// Runs as processes, several at once, which share the threads. No result depends on their number. The first failure ends the others at
/// their last finished epoch.
/// </summary>
internal sealed class RunWorkers(RunOptions options)
{
    /// <summary>Peak memory of a training on TESS with the runtime's reserve, in bytes.</summary>
    private const long MemoryPerRun = 1_500_000_000;

    /// <summary>Time for a run to stop between two steps. After it the process is ended; the last finished epoch is kept.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.9);

    /// <summary>Runs every job that is not finished.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and all processes have ended.</exception>
    /// <exception cref="IOException">A run failed; the message says which and why.</exception>
    public void Run(IReadOnlyList<RunJob> jobs, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = new ConcurrentQueue<RunJob>(jobs.Where(job => !job.Folder.IsFinished));
        int[] lanes = Divide(options.Threads, Math.Min(AtOnce(options.Threads / ThreadsPerRun(jobs), FreeMemory()), queue.Count));
        progress?.Report(new RunsStarted([.. jobs.Select(job => job.Name)], jobs.Count - queue.Count, lanes.Length));
        Exception? first = null;
        Task all = Task.WhenAll(lanes.Select(threads => Task.Factory.StartNew(() =>
        {
            try
            {
                while (!stop.IsCancellationRequested && queue.TryDequeue(out RunJob? job))
                    RunOne(job, threads, progress, stop.Token);
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException or OperationCanceledException
                or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // Faults that follow from the stopping of the other runs do not count.
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
    internal static int AtOnce(int threads, long freeMemory) => (int)Math.Clamp(freeMemory / MemoryPerRun, 1, threads);

    /// <summary>Threads of each of the processes that run at once: the budget in nearly equal parts.</summary>
    internal static int[] Divide(int threads, int processes)
    {
        int count = Math.Max(1, processes);
        return [.. Enumerable.Range(0, count).Select(i => (threads / count) + (i < threads % count ? 1 : 0))];
    }

    /// <summary>Threads that libtorch needs in a run; the runs of one recipe need the same number.</summary>
    private static int ThreadsPerRun(IReadOnlyList<RunJob> jobs) => jobs.Max(job => job.Settings.Training.TorchThreads);

    private static long FreeMemory()
    {
        GC.Collect();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
    }

    private void RunOne(RunJob job, int threads, IProgress<RunProgress>? progress, CancellationToken stop)
    {
        using Process process = Process.Start(StartInfo(job, threads))!;
        // Disposed before the process: it never ends another process that got the same number.
        using var deadline = new Timer(_ => process.Kill(entireProcessTree: true));
        using CancellationTokenRegistration stopping = stop.Register(() =>
        {
            process.StandardInput.Close();
            deadline.Change(Patience, Timeout.InfiniteTimeSpan);
        });
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        progress?.Report(new RunBegun(job.Name, job.Settings.Training.Epochs));
        while (process.StandardOutput.ReadLine() is { } line)
            if (WorkerMessage.Parse(line) is { } message)
                progress?.Report(new RunAdvanced(job.Name, message));
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new IOException($"{job.Name}: {Why(process.ExitCode, errors.Result)}");
        progress?.Report(new RunFinished(job.Name, EvaluationReport.Load(job.Folder.ReportPath)));
    }

    private static string Why(int code, string errors)
    {
        string? last = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return last ?? $"its process was ended from outside (code {code}), perhaps for want of memory, which --threads 1 needs less of";
    }

    private ProcessStartInfo StartInfo(RunJob job, int threads)
    {
        string[] data = options.Data is null ? [] : ["--data", options.Data], cache = options.UseCache ? [] : ["--no-cache"];
        string[] compute = ["--threads", $"{threads}", "--device", options.Device];
        return new ProcessStartInfo(options.Worker[0], [.. options.Worker.Skip(1), job.Folder.Path, .. data, .. cache, .. compute])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
