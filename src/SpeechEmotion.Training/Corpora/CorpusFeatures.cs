using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>A corpus with the raw features of every recording. Samples are kept only where training changes the waveform.</summary>
internal sealed class CorpusFeatures
{
    private readonly FeatureMatrix[] features;
    private readonly float[]?[] statistics;
    private readonly Pcm16Samples?[] samples;
    private readonly FeatureSettings settings;

    private CorpusFeatures(
        Corpus corpus, FeatureMatrix[] features, Pcm16Samples?[] samples, FeatureSettings settings, ExtractionMetrics extraction)
    {
        (Corpus, this.features, this.samples, this.settings, Extraction) = (corpus, features, samples, settings, extraction);
        statistics = new float[features.Length][];
    }

    /// <summary>The usable recordings, and the problems found while reading.</summary>
    public Corpus Corpus { get; }

    /// <summary>Time and speed of the extraction.</summary>
    public ExtractionMetrics Extraction { get; }

    /// <summary>Reads each recording once and extracts its features, several at once, or takes them from the cache.</summary>
    /// <param name="listing">The recordings.</param>
    /// <param name="settings">The features.</param>
    /// <param name="threads">Recordings read at once.</param>
    /// <param name="progress">Receives the number of recordings done.</param>
    /// <param name="cache">Features of earlier runs; null: none.</param>
    /// <param name="keepSamples">Whether the samples are kept. The cache is not used then, because every file must be decoded.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static CorpusFeatures Read(
        CorpusListing listing, FeatureSettings settings, int threads, IProgress<int>? progress, CancellationToken cancellation,
        FeatureCache? cache = null, bool keepSamples = false)
    {
        long started = Stopwatch.GetTimestamp(), extracting = 0;
        int recalled = 0;
        var extractor = new FeatureExtractor(settings);
        var features = new FeatureMatrix[listing.Utterances.Count];
        var samples = new Pcm16Samples?[features.Length];
        FeatureCache? used = keepSamples ? null : cache;
        RecordingCache? recordings = used is null
            ? null
            : new RecordingCache(Recall, (index, sha256, recording) =>
                used.Keep(sha256, new CachedFeatures(recording, features[index])));
        Corpus corpus = Corpus.Read(listing, settings.SampleRate, Take, recordings, progress, threads, cancellation);
        used?.Close();
        return new CorpusFeatures(corpus, features, samples, settings, new ExtractionMetrics(
            corpus.Items.Count,
            Math.Round(corpus.Items.Sum(item => item.Seconds), 3),
            Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            Math.Round((double)extracting / Stopwatch.Frequency, 3),
            threads,
            recalled));

        void Take(int index, Waveform recording)
        {
            long from = Stopwatch.GetTimestamp();
            features[index] = extractor.Extract(recording.Samples);
            Interlocked.Add(ref extracting, Stopwatch.GetTimestamp() - from);
            if (keepSamples)
                samples[index] = new Pcm16Samples(recording.Samples);
        }

        RecordingFacts? Recall(int index, string sha256)
        {
            if (used.Find(sha256) is not { } found || found.Features.Features != extractor.Count)
                return null;
            features[index] = found.Features;
            Interlocked.Increment(ref recalled);
            return found.Recording;
        }
    }

    /// <summary>Raw features of an item: [features, frames].</summary>
    public FeatureMatrix FeaturesOf(CorpusItem item) => features[item.Index];

    /// <summary>Raw statistics of an item over the utterance: [features · statistics].</summary>
    public float[] StatisticsOf(CorpusItem item) => statistics[item.Index] ??= UtteranceStatistics.Compute(FeaturesOf(item));

    /// <summary>Samples of an item at the run's rate; null where they are not kept.</summary>
    public Pcm16Samples? SamplesOf(CorpusItem item) => samples[item.Index];

    /// <summary>Length of an item's features in seconds.</summary>
    public double SecondsOf(CorpusItem item) => settings.ToSeconds(FeaturesOf(item).Frames);
}
