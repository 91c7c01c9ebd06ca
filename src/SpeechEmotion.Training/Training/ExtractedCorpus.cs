using System.Diagnostics;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Augmentation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>A corpus with the features of every recording; the samples themselves are not kept.</summary>
internal sealed class ExtractedCorpus
{
    private readonly FeatureMatrix[] features;
    private readonly float[]?[] statistics;
    private readonly Pcm16Samples?[] sounds;
    private readonly FeatureSettings settings;

    private ExtractedCorpus(Corpus corpus, FeatureMatrix[] features, Pcm16Samples?[] sounds, FeatureSettings settings, ExtractionMetrics metrics)
    {
        (Corpus, this.features, this.sounds, this.settings, Extraction) = (corpus, features, sounds, settings, metrics);
        statistics = new float[features.Length][];
    }

    /// <summary>The recordings that can be used, and what was found on the way.</summary>
    public Corpus Corpus { get; }

    /// <summary>How long it took.</summary>
    public ExtractionMetrics Extraction { get; }

    /// <summary>Reads every recording once and extracts its features, several at once, or takes them from the cache.</summary>
    public static ExtractedCorpus Read(
        CorpusListing listing, FeatureSettings settings, int threads, IProgress<int>? progress, CancellationToken cancellation,
        FeatureCache? cache = null, bool keepSound = false)
    {
        long started = Stopwatch.GetTimestamp(), extracting = 0;
        int recalled = 0;
        var extractor = new FeatureExtractor(settings);
        var features = new FeatureMatrix[listing.Utterances.Count];
        var sounds = new Pcm16Samples?[features.Length];
        // Who keeps the sound must decode it anyway.
        FeatureCache? used = keepSound ? null : cache;
        RecordingCache? memory = used is null ? null : new RecordingCache(Recall, (index, sha256, known) => used.Keep(sha256, new CachedFeatures(known, features[index])));
        Corpus corpus = Corpus.Read(listing, settings.SampleRate, Take, memory, progress, threads, cancellation);
        used?.Close();
        return new ExtractedCorpus(corpus, features, sounds, settings, new ExtractionMetrics(
            corpus.Items.Count, Math.Round(corpus.Items.Sum(item => item.Seconds), 3), Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            Math.Round((double)extracting / Stopwatch.Frequency, 3), threads, recalled));

        void Take(int index, Waveform recording)
        {
            long from = Stopwatch.GetTimestamp();
            features[index] = extractor.Extract(recording.Samples);
            Interlocked.Add(ref extracting, Stopwatch.GetTimestamp() - from);
            if (keepSound)
                sounds[index] = new Pcm16Samples(recording.Samples);
        }

        CachedRecording? Recall(int index, string sha256)
        {
            if (used.Find(sha256) is not { } found || found.Features.Features != extractor.Count)
                return null;
            features[index] = found.Features;
            Interlocked.Increment(ref recalled);
            return found.Recording;
        }
    }

    /// <summary>The raw features of an item.</summary>
    public FeatureMatrix FeaturesOf(CorpusItem item) => features[item.Index];

    /// <summary>The raw statistics of an item.</summary>
    public float[] StatisticsOf(CorpusItem item) => statistics[item.Index] ??= UtteranceStatistics.Compute(FeaturesOf(item));

    /// <summary>The items of one part.</summary>
    public IEnumerable<CorpusItem> ItemsOf(Part part, CorpusSplit split) => split.IndicesOf(part).Select(i => Corpus.Items[i]);

    /// <summary>How training and test part are kept apart; without a test part, that there is none.</summary>
    public Protocol Protocol(CorpusSplit split, RunSettings run) => split.IndicesOf(Part.Test).Count == 0
        ? new Protocol { Split = "none", Synthetic = IsSynthetic(run.Corpus), Sentence = "Trained on every utterance of the corpus: there is no test part, and no figure." }
        : Evaluation.Protocol.FromSplit(
            run.Split.By,
            ItemsOf(Part.Train, split).Concat(ItemsOf(Part.Validation, split)).Select(item => item.Utterance.Speaker),
            ItemsOf(Part.Test, split).Select(item => item.Utterance.Speaker),
            IsSynthetic(run.Corpus));

    /// <summary>What the trainer is given: nothing of the test part.</summary>
    /// <exception cref="InvalidDataException">There is nothing to tell apart: one label alone.</exception>
    public TrainingData TrainingData(CorpusSplit split, IReadOnlyList<string> labels, RunSettings run, Protocol protocol)
    {
        if (labels.Count < 2)
            throw new InvalidDataException($"{NameOf(run.Corpus)}: every utterance is {labels[0]}; at least two emotions are needed to train");
        CorpusItem[] training = [.. ItemsOf(Part.Train, split)];
        string[] speakers = [.. training.Select(item => item.Utterance.Speaker).Where(speaker => speaker.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        LabelledClip[] clips = Clips(training, labels);
        FeatureNormaliser normaliser = FeatureNormaliser.Fit(settings.Normalisation, training.Select(FeaturesOf)) with
        {
            SpeakerModel = FeatureNormaliser.NeedsSpeakerModel(run) ? SpeakerVarianceModel.Fit([.. clips.Select(clip => (clip.Statistics, clip.Speaker, Seconds(clip.Features)))]) : null,
        };
        return new TrainingData(
            clips,
            Clips(ItemsOf(Part.Validation, split), labels),
            labels,
            normaliser,
            new ModelProvenance
            {
                Corpus = NameOf(run.Corpus),
                Protocol = protocol.Sentence,
                TrainingUtterances = training.Length,
                TrainingSpeakers = speakers,
                Version = typeof(ExtractedCorpus).Assembly.GetName().Version!.ToString(3),
            });
    }

    /// <summary>What a model says of items whose label it knows, in their order, and how many it does not, by label.</summary>
    public (IReadOnlyList<ScoredUtterance> Judgements, IReadOnlyDictionary<string, int> LeftOut) Classify(
        EmotionClassifier classifier, IEnumerable<CorpusItem> items, Func<CorpusItem, SpeakerStatistics?>? speakers, CancellationToken cancellation)
    {
        ILookup<bool, CorpusItem> known = items.ToLookup(item => classifier.Labels.Contains(item.Utterance.Emotion));
        CorpusItem[] judged = [.. known[true]];
        float[][] probabilities = classifier.Probabilities([.. judged.Select(FeaturesOf)], speakers is null ? null : [.. judged.Select(speakers)], cancellation);
        var leftOut = new SortedDictionary<string, int>(
            known[false].CountBy(item => item.Utterance.Emotion).ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);
        return ([.. judged.Select((item, i) => ScoredUtterance.Create(item.Utterance.Path, item.Utterance.Speaker, item.Utterance.Emotion, classifier.Labels, probabilities[i]))], leftOut);
    }

    /// <summary>Name of a corpus, or of all that are joined: <c>tess</c>, <c>tess + ravdess</c>.</summary>
    public static string NameOf(CorpusSettings corpus) =>
        corpus.Sources.Count == 0 ? KebabCase.From(corpus.Kind) : string.Join(" + ", corpus.Sources.Select(source => KebabCase.From(source.Kind)));

    /// <summary>Whether any of the speech was made by the program itself.</summary>
    public static bool IsSynthetic(CorpusSettings corpus) =>
        corpus.Sources.Count == 0 ? corpus.Kind == CorpusKind.Synthetic : corpus.Sources.Any(source => source.Kind == CorpusKind.Synthetic);

    /// <summary>Length of a clip's features in seconds.</summary>
    public double Seconds(FeatureMatrix clip) => settings.ToSeconds(clip.Frames);

    private LabelledClip[] Clips(IEnumerable<CorpusItem> items, IReadOnlyList<string> labels)
    {
        Dictionary<string, int> index = labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. items.Select(item => new LabelledClip(FeaturesOf(item), index[item.Utterance.Emotion], item.Utterance.Speaker) { Waveform = sounds[item.Index] })];
    }
}
