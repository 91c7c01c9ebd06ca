using System.Text.Json.Nodes;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Reports;

/// <summary>
/// The folder of one run: what stands in it under which name, and who may write there. While it is open it is locked against
/// other processes; a lock dies with its owner, however that ends.
/// </summary>
internal sealed class RunFolder(string path) : IDisposable
{
    private const string LockName = ".lock";

    private FileStream? writing;

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    public string SplitPath => In("split.csv");

    public string PredictionsPath => In("predictions.csv");

    /// <summary>What was said of the test utterances after some seconds of their voices had been heard.</summary>
    public string EnrolledPredictionsPath(int seconds) => In($"predictions-enrolled-{seconds}s.csv");

    public string ReportPath => In("report.json");

    public string ConfigPath => In("config.json");

    public string BestPath => In("best.safetensors");

    /// <summary>Whether a run was finished here: the report is the last thing that is written.</summary>
    public bool IsFinished => File.Exists(ReportPath);

    private string LastPath => In("last.safetensors");

    /// <summary>Makes the folder for a new run, or opens that of an interrupted one.</summary>
    /// <returns>The state to go on from; null when training starts at its beginning.</returns>
    /// <exception cref="SettingsException">Another process writes into the folder, or it exists and the run is not to be resumed, or was begun with other settings.</exception>
    public Checkpoint? Open(RunSettings settings, bool resume)
    {
        if (File.Exists(Path))
            throw new SettingsException(Path, ["a file has this name: give another folder with --out"]);
        bool holdsWork = HoldsWork();
        if (!resume && holdsWork)
            throw new SettingsException(Path, ["the folder exists: go on with --resume, give another with --out, or delete it"]);
        Directory.CreateDirectory(Path);
        writing = Lock();
        AtomicFile.DeleteLeftovers(Path);
        if (resume && holdsWork)
            CheckBegunWith(settings);
        Checkpoint? last = resume && File.Exists(LastPath) ? Checkpoint.Load(LastPath) : null;
        AtomicFile.WriteText(ConfigPath, SettingsFile.ToJson(settings) + "\n");
        return last;
    }

    /// <summary>Refuses settings other than those with which the run in the folder was begun.</summary>
    /// <exception cref="SettingsException">They differ; the message names the first difference.</exception>
    public void CheckBegunWith(RunSettings settings)
    {
        if (!File.Exists(ConfigPath))
            return;
        string begun = SettingsFile.ToJson(SettingsFile.Load(ConfigPath)), now = SettingsFile.ToJson(settings);
        if (begun != now)
            throw new SettingsException(Path, [Difference(JsonNode.Parse(begun), JsonNode.Parse(now))]);
    }

    /// <summary>Makes the folder where it is missing and locks it, whatever stands there: for results that are written over older ones.</summary>
    /// <exception cref="SettingsException">Another process writes into the folder.</exception>
    public void Claim()
    {
        Directory.CreateDirectory(Path);
        writing = Lock();
    }

    /// <summary>Lets other processes write here.</summary>
    public void Dispose() => writing?.Dispose();

    /// <summary>Writes <c>split.csv</c>; on resuming, checks that it is still the same.</summary>
    /// <exception cref="InvalidDataException">The corpus has changed since the run began.</exception>
    public void WriteSplit(IReadOnlyList<CorpusItem> items, CorpusSplit split, bool resumed)
    {
        if (resumed && File.Exists(SplitPath))
        {
            IEnumerable<(string, Part)> now = items.Select((item, i) => (item.Sha256, split.Parts[i]));
            if (!SplitFile.Read(SplitPath).Select(row => (row.Sha256, row.Part)).SequenceEqual(now))
                throw new InvalidDataException($"{SplitPath}: the corpus is not the one with which the run began; start a new run");
            return;
        }
        SplitFile.Write(SplitPath, items, split.Parts);
    }

    /// <summary>Draws <c>curves</c> as .png and .svg.</summary>
    public void DrawCurves(History history, string name) =>
        CurvesPlot.Save(In("curves"), history.Rows, history.Rows.Any(row => row.ValidationUar is not null) ? history.Best?.Epoch : null, name);

    /// <summary>Draws <c>confusion</c> as .png and .svg.</summary>
    public void DrawConfusion(EvaluationReport report) => ConfusionPlot.Save(In("confusion"), report.Matrix, report.Name);

    /// <summary>Makes the folder with the settings alone, for the process that is to run them; what stands there already stays.</summary>
    /// <exception cref="SettingsException">A run with other settings was begun there.</exception>
    public void Prepare(RunSettings settings)
    {
        CheckBegunWith(settings);
        if (!File.Exists(ConfigPath))
            AtomicFile.WriteText(ConfigPath, SettingsFile.ToJson(settings) + "\n");
    }

    /// <summary>Writes <c>model-card.md</c>.</summary>
    public void WriteModelCard(EvaluationReport report, RunSettings settings, TrainingData data) => new ModelCard
    {
        Name = settings.Name,
        Model = SettingsInWords.Model(settings.Model),
        Input = SettingsInWords.Features(settings.Features),
        Corpora = [.. (settings.Corpus.Sources.Count == 0 ? [settings.Corpus] : settings.Corpus.Sources).Select(source => source.Kind).Distinct()],
        TrainingUtterances = data.Training.Count,
        ValidationUtterances = data.Validation.Count,
        TrainingSpeakers = data.Provenance.TrainingSpeakers.Count == 0 ? null : data.Provenance.TrainingSpeakers.Count,
        Report = report,
    }.Save(In("model-card.md"));

    /// <summary>For the person who stopped the run: what is there and how to go on.</summary>
    public string DescribeKeptWork()
    {
        if (!File.Exists(LastPath))
            return "interrupted before the first epoch was finished: nothing was kept, the same command starts anew";
        return $"interrupted; {Path} keeps the run up to its last finished epoch: go on with --resume";
    }

    /// <summary>Whether anything stands here that a new run would spoil. Settings and split alone are made again in no time.</summary>
    private bool HoldsWork() =>
        Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any(entry => entry != ConfigPath && entry != SplitPath && entry != In(LockName));

    private FileStream Lock()
    {
        try
        {
            return new FileStream(In(LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(In(LockName)))
        {
            throw new SettingsException(Path, ["another process is writing into the folder: wait until it ends, or give another with --out"]);
        }
    }

    private static string Difference(JsonNode? begun, JsonNode? now, string path = "")
    {
        if (begun is JsonObject before && now is JsonObject after)
            foreach (string key in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)))
                if (!JsonNode.DeepEquals(before[key], after[key]))
                    return Difference(before[key], after[key], path.Length == 0 ? key : $"{path}.{key}");
        return $"{path} = {now?.ToJsonString()}: the run was begun with {begun?.ToJsonString()}; give another folder with --out";
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
