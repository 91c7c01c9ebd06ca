using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Cli.Runs;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>crossval</c>: corpus → folds → a training for each in processes of their own → one report over all utterances.</summary>
internal static class CrossvalCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var config = new Argument<string?>("CONFIG") { Description = "JSON file of settings; without one the built-in defaults on the synthetic corpus", Arity = ArgumentArity.ZeroOrOne };
        var resume = new Option<bool>("--resume") { Description = "Go on with an interrupted cross-validation in the same folder: finished folds are kept" };
        Option<int> seeds = CommonOptions.Seeds();
        var command = new Verb("crossval", "Cross-validation: every utterance is tested once, by a model that was trained on the other folds. Folds train in parallel processes.",
            "speech-emotion crossval configs/tess.json --data data/tess",
            "speech-emotion crossval configs/ravdess.json --data data/ravdess --set Split.Folds=0 --seeds 3")
        {
            config, common.Data, common.Out, resume, seeds, common.NoCache, common.Set,
        };
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            RunSettings settings = ConfigFiles.Load(parsed.GetValue(config), parsed.GetValue(common.Set) ?? []);
            RunPlan.CheckFolds(settings);
            using var folder = new RunFolder(parsed.GetValue(common.Out) ?? Path.Combine("runs", settings.Name + "-crossval"));
            folder.Open(settings, parsed.GetValue(resume));
            var workers = new RunWorkers(parsed.GetValue(common.Data), parsed.GetValue(common.Threads), parsed.GetValue(common.Device)!, parsed.GetValue(common.NoCache));
            Crossval(settings, parsed.GetValue(seeds), folder, workers, common.Cache(parsed, settings.Features), console, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Crossval(RunSettings settings, int seeds, RunFolder folder, RunWorkers workers, FeatureCache? cache, IAnsiConsole console, CancellationToken cancellation)
    {
        CorpusListing listing = CorpusListing.Scan(settings.Corpus, CorpusListing.FolderOf(settings.Corpus, workers.Data));
        // Read here too: copies decide what must share a fold, and a fault shows before anything trains. With a cache the folds find their features.
        Corpus corpus = ProgressBar.Run(console, "corpus", listing.Utterances.Count, progress => cache is null
            ? Corpus.Read(listing, settings.Features.SampleRate, (_, _) => { }, progress, workers.Threads, cancellation)
            : ExtractedCorpus.Read(listing, settings.Features, workers.Threads, progress, cancellation, cache).Corpus);
        CorpusTables.WriteShort(console, ExtractedCorpus.NameOf(settings.Corpus), CorpusSummary.Create(corpus));
        IReadOnlyList<RunJob> jobs = RunPlan.CreateFolds(settings, seeds, folder, corpus.Items);
        ManyRuns.Run(settings, jobs, folder, workers, console, cancellation);
    }
}
