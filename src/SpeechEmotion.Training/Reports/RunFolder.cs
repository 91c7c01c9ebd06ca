using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>
/// The folder of one run: paths of its files, and the right to write there. An open folder is locked against other processes.
/// </summary>
internal sealed class RunFolder(string path) : IDisposable
{
    private FileStream? heldLock;

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>Path of <c>split.csv</c>.</summary>
    public string SplitPath => PathOf(RunFiles.Split);

    /// <summary>Path of <c>predictions.csv</c>.</summary>
    public string PredictionsPath => PathOf(RunFiles.Predictions);

    /// <summary>Path of <c>report.json</c>.</summary>
    public string ReportPath => PathOf(RunFiles.Report);

    /// <summary>Path of <c>config.json</c>.</summary>
    public string ConfigPath => PathOf(RunFiles.Config);

    /// <summary>Path of the checkpoint of the best epoch.</summary>
    public string BestPath => PathOf(RunFiles.Best);

    /// <summary>Whether a run has finished here: the report is written last.</summary>
    public bool IsFinished => File.Exists(ReportPath);

    private string LastPath => PathOf(RunFiles.Last);

    /// <summary>Path of the predictions after <paramref name="seconds"/> of enrolment.</summary>
    public string EnrolledPredictionsPath(int seconds) => PathOf(RunFiles.EnrolledPredictions(seconds));

    /// <summary>Path of any file of the folder.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates the folder for a new run or opens that of an interrupted one, and locks it.</summary>
    /// <returns>The state from which training resumes; null when it starts from the beginning.</returns>
    /// <exception cref="SettingsException">
    /// Another process writes into the folder, or the folder exists and the run is not to be resumed, or was begun with other settings.
    /// </exception>
    public Checkpoint? Open(RunSettings settings, bool resume)
    {
        if (File.Exists(Path))
            throw new SettingsException(Path, ["a file has this name: give another folder with --out"]);
        bool holdsWork = HoldsWork();
        if (!resume && holdsWork)
            throw new SettingsException(Path, ["the folder exists: go on with --resume, give another with --out, or delete it"]);
        Claim();
        AtomicFile.DeleteLeftovers(Path);
        if (resume && holdsWork)
            CheckBegunWith(settings);
        Checkpoint? last = resume && File.Exists(LastPath) ? Checkpoint.Load(LastPath) : null;
        WriteConfig(settings);
        return last;
    }

    /// <summary>Creates the folder if it is missing and locks it, whatever it contains: for results that replace older ones.</summary>
    /// <exception cref="SettingsException">Another process writes into the folder.</exception>
    public void Claim()
    {
        Directory.CreateDirectory(Path);
        heldLock = RunFolderLock.Acquire(Path);
    }

    /// <summary>Creates the folder with <c>config.json</c> alone, for the process that will run it; an existing file stays.</summary>
    /// <exception cref="SettingsException">A run with other settings was begun here.</exception>
    public void Prepare(RunSettings settings)
    {
        CheckBegunWith(settings);
        if (!File.Exists(ConfigPath))
            WriteConfig(settings);
    }

    /// <summary>Refuses settings other than those with which the run in the folder was begun.</summary>
    /// <exception cref="SettingsException">They differ; the message names the first difference.</exception>
    public void CheckBegunWith(RunSettings settings)
    {
        if (File.Exists(ConfigPath) && SettingsDifference.Find(SettingsFile.Load(ConfigPath), settings) is { } difference)
            throw new SettingsException(Path, [difference]);
    }

    /// <summary>Message to the user who interrupted the run: what was kept and how to resume.</summary>
    public string DescribeKeptWork() => File.Exists(LastPath)
        ? $"interrupted; {Path} keeps the run up to its last finished epoch: go on with --resume"
        : "interrupted before the first epoch was finished: nothing was kept, the same command starts anew";

    /// <summary>Releases the lock.</summary>
    public void Dispose() => heldLock?.Dispose();

    private void WriteConfig(RunSettings settings) => AtomicFile.WriteText(ConfigPath, SettingsFile.ToJson(settings) + "\n");

    /// <summary>
    /// Whether the folder holds anything that a new run would overwrite, apart from settings and split, which are quick to make.
    /// </summary>
    private bool HoldsWork() =>
        Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any(entry =>
            entry != ConfigPath && entry != SplitPath && entry != PathOf(RunFiles.Lock));
}
