using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Augmentation;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Cli.Runs;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>train</c>: corpus → split → features → training → evaluation on the test part → run folder.</summary>
internal static class TrainCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var config = new Argument<string?>("CONFIG") { Description = "JSON file of settings; without one the built-in config, which trains on a synthetic corpus", Arity = ArgumentArity.ZeroOrOne };
        var resume = new Option<bool>("--resume") { Description = "Go on with an interrupted run in the same folder" };
        Option<int> seeds = CommonOptions.Seeds();
        var command = new Verb("train", "Trains a model and evaluates it on the test part: corpus, split, features, training, figures, pictures.",
            "speech-emotion train configs/tess.json --data data/tess --set Training.Epochs=8")
        {
            config, common.Data, common.Out, resume, seeds, common.NoCache, common.Set,
        };
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            RunSettings settings = ConfigFiles.Load(parsed.GetValue(config), parsed.GetValue(common.Set) ?? []);
            using var folder = new RunFolder(parsed.GetValue(common.Out) ?? Path.Combine("runs", settings.Name));
            string? data = parsed.GetValue(common.Data);
            Checkpoint? resumed = folder.Open(settings, parsed.GetValue(resume));
            if (parsed.GetValue(seeds) > 1 || RunPlan.HasSeeds(folder))
            {
                var workers = new RunWorkers(data, parsed.GetValue(common.Threads), parsed.GetValue(common.Device)!, parsed.GetValue(common.NoCache));
                ManyRuns.Run(settings, RunPlan.CreateSeeds(settings, parsed.GetValue(seeds), folder), folder, workers, console, cancellation);
                return ExitCode.Done;
            }
            (int threads, Device device) = common.Apply(parsed);
            try
            {
                Train(settings, data, folder, resumed, threads, device, common.Cache(parsed, settings.Features), console, train => TrainingView.Run(console, settings, train), cancellation);
            }
            catch (OperationCanceledException fault)
            {
                throw new InterruptedRunException(folder.DescribeKeptWork(), fault);
            }
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One run from the corpus to the report, which is written last and so says that the run is finished.</summary>
    /// <param name="watch">Shows the training while it runs.</param>
    public static void Train(
        RunSettings settings, string? data, RunFolder folder, Checkpoint? resumed, int threads, Device device, FeatureCache? cache,
        IAnsiConsole console, Func<Func<ITrainingProgress, History>, History> watch, CancellationToken cancellation)
    {
        var clock = new StageClock();

        CorpusListing listing = CorpusListing.Scan(settings.Corpus, CorpusListing.FolderOf(settings.Corpus, data));
        ExtractedCorpus corpus = clock.Time("features", () => ProgressBar.Run(console, "features", listing.Utterances.Count, progress =>
            ExtractedCorpus.Read(listing, settings.Features, threads, progress, cancellation, cache, WaveformAugmentation.IsEnabled(settings.Augmentation))));
        CorpusTables.WriteSpeed(console, corpus.Extraction);
        CorpusTables.WriteShort(console, ExtractedCorpus.NameOf(settings.Corpus), CorpusSummary.Create(corpus.Corpus));

        CorpusSplit split = Splitter.Split(corpus.Corpus.Items, settings.Split, settings.Seed);
        folder.WriteSplit(corpus.Corpus.Items, split, resumed is not null);
        Protocol protocol = corpus.Protocol(split, settings);
        console.WriteLine($"split    {string.Join(", ", Enum.GetValues<Part>().Select(part => $"{split.IndicesOf(part).Count:N0} {part.ToString().ToLowerInvariant()}"))}. {protocol.Sentence}");
        foreach (string note in split.Notes)
            console.WriteLine($"         note: {note}");

        string[] labels = [.. corpus.Corpus.Items.Select(item => item.Utterance.Emotion).Distinct().Order(StringComparer.Ordinal)];
        TrainingData training = corpus.TrainingData(split, labels, settings, protocol);
        var trainer = new Trainer(settings, training, folder.Path, device, threads);
        History history = clock.Time("training", () =>
            watch(progress => trainer.Run(resumed, progress, cancellation)));

        if (split.IndicesOf(Part.Test).Count == 0)
        {
            folder.DrawCurves(history, settings.Name);
            console.WriteLine($"epoch {history.Best!.Epoch} of {history.Rows.Count} was kept in {trainer.BestPath}; {clock}");
            return;
        }
        EvaluationReport report = clock.Time("evaluation", () =>
        {
            using var classifier = TorchClassifier.Load(trainer.BestPath, device);
            return EvaluateCommand.Report(classifier, corpus, corpus.ItemsOf(Part.Test, split), settings, protocol, folder, cancellation);
        });
        clock.Time("pictures", () =>
        {
            folder.DrawCurves(history, settings.Name);
            folder.DrawConfusion(report);
        });
        report = report with { Seconds = clock.Seconds, Features = corpus.Extraction, Reproducible = Reproducibility.Describe(get_num_threads(), device.type.ToString().ToLowerInvariant()) };
        folder.WriteModelCard(report, settings, training);
        report.Save(folder.ReportPath);
        EvaluationTables.Write(console, report);
        console.WriteLine($"epoch {history.Best!.Epoch} of {history.Rows.Count} was the best; {clock}");
        console.WriteLine($"written to {folder.Path}: report.json, curves.png, confusion.png, best.safetensors and more");
        console.WriteLine($"try: speech-emotion predict FILE --model {folder.Path}");
    }
}
