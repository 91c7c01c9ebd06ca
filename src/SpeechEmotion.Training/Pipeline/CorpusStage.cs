using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>The first stage of every run: corpus → features, with progress.</summary>
internal static class CorpusStage
{
    /// <summary>Reads a listing and extracts its features.</summary>
    public static CorpusFeatures ReadFeatures(
        CorpusListing listing, RunSettings settings, RunOptions options, bool keepSamples, IProgress<RunProgress>? progress,
        CancellationToken cancellation)
    {
        CorpusFeatures corpus = CorpusFeatures.Read(
            listing, settings.Features, options.Threads, StageReport.Create(progress, "features", listing.Utterances.Count), cancellation,
            Cache(settings, options), keepSamples);
        progress?.Report(new CorpusRead(corpus.Corpus.DisplayName, CorpusSummary.Create(corpus.Corpus), corpus.Extraction));
        return corpus;
    }

    /// <summary>Reads a listing for its duplicates. With a cache the features are extracted too, for the runs that follow.</summary>
    public static Corpus Read(
        CorpusListing listing, RunSettings settings, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        FeatureCache? cache = Cache(settings, options);
        IProgress<int>? advance = StageReport.Create(progress, "corpus", listing.Utterances.Count);
        Corpus corpus = cache is null
            ? Corpus.Read(listing, settings.Features.SampleRate, (_, _) => { }, advance, options.Threads, cancellation)
            : CorpusFeatures.Read(listing, settings.Features, options.Threads, advance, cancellation, cache).Corpus;
        progress?.Report(new CorpusRead(corpus.DisplayName, CorpusSummary.Create(corpus), null));
        return corpus;
    }

    private static FeatureCache? Cache(RunSettings settings, RunOptions options) =>
        options.UseCache ? FeatureCache.ForUser(settings.Features) : null;
}
