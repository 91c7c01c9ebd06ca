using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Cli.Runs;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>evaluate</c>: the figures of a stored model, on its own test part or on any corpus.</summary>
internal static class EvaluateCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var model = new Argument<string>("MODEL") { Description = "Checkpoint file, run folder, or name of a shipped model" };
        var split = new Option<string>("--split")
        {
            Description = "test: the test part that split.csv beside the model names; all: every utterance",
            HelpName = "test|all",
            DefaultValueFactory = _ => "test",
        };
        split.AcceptOnlyFromAmong("test", "all");
        var command = new Verb("evaluate", "Evaluates a stored model: confusion matrix and figures on its own test part or on any corpus.",
            "speech-emotion evaluate runs/tess",
            "speech-emotion evaluate runs/tess --data data/ravdess --set Corpus.Kind=ravdess --split all")
        {
            model, common.Data, split, common.Out, common.NoCache, common.Set,
        };
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            string path = ModelLocator.Find(parsed.GetRequiredValue(model));
            Checkpoint checkpoint = Checkpoint.Load(path);
            RunSettings settings = SettingsFile.Parse(SettingsFile.ToJson(checkpoint.Settings), "--set", parsed.GetValue(common.Set) ?? []);
            if (SettingsFile.ToJson(settings with { Corpus = checkpoint.Settings.Corpus }) != SettingsFile.ToJson(checkpoint.Settings))
                throw new SettingsException("--set", ["only Corpus settings can be changed for an evaluation; everything else is the checkpoint's"]);
            (int threads, Device device) = common.Apply(parsed);
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            using var results = new RunFolder(parsed.GetValue(common.Out) ?? Path.Combine(folder, "evaluation"));
            try
            {
                Evaluate(checkpoint, settings, parsed.GetValue(common.Data), parsed.GetValue(split) == "all" ? null : Path.Combine(folder, "split.csv"),
                    results, threads, device, common.Cache(parsed, settings.Features), console, cancellation);
            }
            catch (OperationCanceledException fault)
            {
                throw new InterruptedRunException($"interrupted: nothing was written to {results.Path}", fault);
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static void Evaluate(
        Checkpoint checkpoint, RunSettings settings, string? data, string? splitPath, RunFolder folder,
        int threads, Device device, FeatureCache? cache, IAnsiConsole console, CancellationToken cancellation)
    {
        var clock = new StageClock();
        string source = CorpusListing.FolderOf(settings.Corpus, data);
        CorpusListing listing = CorpusListing.Scan(settings.Corpus, source);
        if (splitPath is not null)
            listing = StoredTestPart.Select(listing, splitPath, source);

        ExtractedCorpus corpus = clock.Time("features", () => ProgressBar.Run(console, "features", listing.Utterances.Count, progress =>
            ExtractedCorpus.Read(listing, settings.Features, threads, progress, cancellation, cache)));
        CorpusTables.WriteSpeed(console, corpus.Extraction);
        if (splitPath is not null)
            StoredTestPart.Prove(corpus.Corpus.Items, splitPath);
        CorpusTables.WriteShort(console, ExtractedCorpus.NameOf(settings.Corpus), CorpusSummary.Create(corpus.Corpus));

        using var classifier = TorchClassifier.From(checkpoint, device);
        IEnumerable<string> testSpeakers = corpus.Corpus.Items.Select(item => item.Utterance.Speaker);
        bool synthetic = ExtractedCorpus.IsSynthetic(settings.Corpus);
        Protocol protocol = splitPath is null
            ? Protocol.FromWholeCorpus(checkpoint.Provenance.TrainingSpeakers, testSpeakers, synthetic)
            : Protocol.FromSplit(settings.Split.By, checkpoint.Provenance.TrainingSpeakers, testSpeakers, synthetic);
        folder.Claim();
        EvaluationReport report = clock.Time("evaluation", () => Report(classifier, corpus, corpus.Corpus.Items, settings, protocol, folder, cancellation));
        report = report with { Seconds = clock.Seconds, Features = corpus.Extraction };
        folder.DrawConfusion(report);
        report.Save(folder.ReportPath);
        console.WriteLine(protocol.Sentence);
        EvaluationTables.Write(console, report);
        console.WriteLine($"written to {folder.Path}: report.json, confusion.png, predictions.csv; {clock}");
    }

    /// <summary>Judges items, writes predictions.csv and computes the figures: for <c>train</c> and <c>evaluate</c> alike.</summary>
    public static EvaluationReport Report(
        EmotionClassifier classifier, ExtractedCorpus corpus, IEnumerable<CorpusItem> items, RunSettings settings, Protocol protocol, RunFolder folder, CancellationToken cancellation)
    {
        (IReadOnlyList<ScoredUtterance> scoredUtterances, IReadOnlyDictionary<string, int> leftOut) = corpus.Classify(classifier, items, null, cancellation);
        if (scoredUtterances.Count == 0)
            throw new InvalidDataException($"none of the {leftOut.Values.Sum()} utterances has an emotion that the model knows: {string.Join(", ", leftOut.Keys)} against {string.Join(", ", classifier.Labels)}");
        PredictionsFile.Save(folder.PredictionsPath, classifier.Labels, scoredUtterances);
        return EvaluationReport.Create(settings.Name, Metrics.Compute(classifier.Labels, scoredUtterances, settings.Seed), protocol, leftOut,
            classifier.ParameterCount, new Dictionary<string, double>(), settings.Seed) with
        {
            Enrolled = EvaluateEnrolled(classifier, corpus, [.. items], settings, folder, cancellation),
        };
    }

    private static EnrolledMetrics[]? EvaluateEnrolled(
        EmotionClassifier classifier, ExtractedCorpus corpus, CorpusItem[] items, RunSettings settings, RunFolder folder, CancellationToken cancellation)
    {
        if (classifier.Settings.Features.Normalisation != Normalisation.Speaker || items.All(item => item.Utterance.Speaker.Length == 0))
            return null;
        var enrolment = new EnrolmentSampler(classifier, corpus, items, settings.Seed);
        return [.. EnrolmentSampler.Seconds.Select(seconds =>
        {
            IReadOnlyList<ScoredUtterance> scoredUtterances = corpus.Classify(classifier, items, item => enrolment.Draw(item, seconds), cancellation).Judgements;
            PredictionsFile.Save(folder.EnrolledPredictionsPath(seconds), classifier.Labels, scoredUtterances);
            return EnrolledMetrics.Compute(seconds, classifier.Labels, scoredUtterances, settings.Seed);
        })];
    }
}
