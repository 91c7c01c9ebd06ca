using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Reports;

/// <summary>Writes split, figures and model card into a <see cref="RunFolder"/>.</summary>
internal static class RunOutput
{
    /// <summary>Writes <c>split.csv</c>; when resuming, checks instead that the split is still the same.</summary>
    /// <exception cref="InvalidDataException">The corpus has changed since the run began.</exception>
    public static void WriteSplit(this RunFolder folder, IReadOnlyList<CorpusItem> items, CorpusSplit split, bool resumed)
    {
        if (resumed && File.Exists(folder.SplitPath))
        {
            IEnumerable<(string, Part)> now = items.Select((item, i) => (item.Sha256, split.Parts[i]));
            if (!SplitFile.Read(folder.SplitPath).Select(row => (row.Sha256, row.Part)).SequenceEqual(now))
                throw new InvalidDataException(
                    $"{folder.SplitPath}: the corpus is not the one with which the run began; start a new run");
            return;
        }
        SplitFile.Write(folder.SplitPath, items, split.Parts);
    }

    /// <summary>Draws the learning curves as .png and .svg.</summary>
    public static void DrawCurves(this RunFolder folder, History history, string name)
    {
        bool isValidated = history.Rows.Any(row => row.ValidationUar is not null);
        CurvesPlot.Save(folder.PathOf(RunFiles.Curves), history.Rows, isValidated ? history.Best?.Epoch : null, name);
    }

    /// <summary>Draws the confusion matrix as .png and .svg.</summary>
    public static void DrawConfusion(this RunFolder folder, EvaluationReport report) =>
        ConfusionPlot.Save(folder.PathOf(RunFiles.Confusion), report.Matrix, report.Name);

    /// <summary>Writes <c>model-card.md</c>.</summary>
    public static void WriteModelCard(
        this RunFolder folder, EvaluationReport report, RunSettings settings, Corpus corpus, TrainingData data) =>
        new ModelCard
        {
            Name = settings.Name,
            Model = SettingsInWords.Model(settings.Model),
            Input = SettingsInWords.Features(settings.Features),
            Corpora = new OrderedDictionary<string, CorpusKind>(
                corpus.Names.Zip(settings.Corpus.All, (name, source) => KeyValuePair.Create(name, source.Kind))),
            TrainingUtterances = data.Training.Count,
            ValidationUtterances = data.Validation.Count,
            TrainingSpeakers = CountSpeakers(data.Training),
            Report = report,
        }.Save(folder.PathOf(RunFiles.ModelCard));

    /// <summary>
    /// Writes <c>model-card.md</c> with the robustness of a report, from the card in the folder of the model; nothing if there is no card.
    /// </summary>
    public static void WriteRobustness(this RunFolder folder, EvaluationReport report, string modelFolder)
    {
        string card = Path.Combine(modelFolder, RunFiles.ModelCard);
        if (report.Robustness is { } conditions && File.Exists(card))
            AtomicFile.WriteText(folder.PathOf(RunFiles.ModelCard),
                RobustnessSection.Insert(File.ReadAllText(card), report.Protocol.Sentence, conditions));
    }

    private static int? CountSpeakers(IEnumerable<LabelledClip> clips) =>
        clips.Select(clip => clip.Speaker).Where(speaker => speaker.Length > 0).Distinct().Count() is > 0 and int count ? count : null;
}
