using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Pipeline;

/// <summary>Folders, threads and device of a run. Only the arithmetic of the device affects results.</summary>
public sealed record RunOptions
{
    /// <summary>Folder of the corpus; null: <c>Corpus.Folder</c> of the settings, or <c>data/KIND</c>.</summary>
    public string? Data { get; init; }

    /// <summary>Folder for the results; null: below <c>runs</c>, named like the run.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether an interrupted run in the folder is continued. Otherwise a folder with results is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Processor threads to use in all, at least 1. Of them libtorch computes on <c>Training.TorchThreads</c>; the others make batches. No
    /// result depends on their number.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Where the network runs: <c>cpu</c>, <c>cuda</c>, <c>mps</c>, or <c>auto</c>, the fastest that there is. It is a name, because a
    /// device of TorchSharp would load libtorch before the run has set its level of instructions.
    /// </summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The command line, for the report; null: there is none.</summary>
    public string? Command { get; init; }

    /// <summary>Receives warnings; null: nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Whether features are read from and written to the user's cache folder.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>
    /// Program and first arguments of a process that does one run of several: it gets the run folder, <c>--data DIR</c>, <c>--no-cache</c>,
    /// <c>--threads N</c> and <c>--device NAME</c>, and writes <see cref="WorkerMessage"/>s to its standard output. Empty: the runs are
    /// done one after the other in this process, because the random state of libtorch belongs to the process.
    /// </summary>
    public IReadOnlyList<string> Worker { get; init; } = [];
}
