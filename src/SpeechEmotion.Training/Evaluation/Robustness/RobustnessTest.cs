using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// Classifies the utterances of a test under every recording condition. A few utterances at a time are decoded once and pass through all
/// conditions, so that memory does not grow with the corpus.
/// </summary>
internal sealed class RobustnessTest
{
    /// <summary>Utterances that are treated at once. The number is fixed, so that no result depends on the number of threads.</summary>
    private const int ChunkSize = 16;

    private readonly EmotionClassifier classifier;
    private readonly CorpusListing listing;
    private readonly CorpusItem[] items;
    private readonly RunSettings settings;
    private readonly IReadOnlyList<Condition> conditions;
    private readonly CancellationToken cancellation;

    /// <param name="classifier">The model.</param>
    /// <param name="listing">The corpus, for the sources of the audio.</param>
    /// <param name="items">Its utterances, which are those of the test; labels that the model lacks are left out.</param>
    /// <param name="settings">Seed and features.</param>
    /// <param name="cancellation">Stops the preparation and the test.</param>
    public RobustnessTest(
        EmotionClassifier classifier, CorpusListing listing, IReadOnlyList<CorpusItem> items, RunSettings settings,
        CancellationToken cancellation)
    {
        (this.classifier, this.listing, this.settings, this.cancellation) = (classifier, listing, settings, cancellation);
        this.items = [.. items.Where(item => classifier.Labels.Contains(item.Utterance.Emotion))];
        var babble = Babble.Draw([.. this.items.Select(item => item.Utterance)], i => Read(this.items[i]), SampleRate, settings.Seed);
        conditions = ConditionList.Create(SampleRate, babble, cancellation);
    }

    /// <summary>Number of conditions that are measured.</summary>
    public int Conditions => conditions.Count(condition => condition.Skipped is null);

    /// <summary>Number of classifications: those of the utterances as recorded, and under each condition.</summary>
    public int Classifications => items.Length * (1 + Conditions);

    private int SampleRate => settings.Features.SampleRate;

    /// <summary>Runs the test.</summary>
    /// <param name="threads">Chunks of utterances that are treated at once, at least 1.</param>
    /// <param name="progress">Receives the number of classifications done, from several threads.</param>
    /// <returns>The metrics of each condition, skipped ones too; none without utterances.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<RobustnessMetrics> Run(int threads, IProgress<int>? progress)
    {
        if (items.Length == 0)
            return [];
        var clean = new ScoredUtterance[items.Length];
        ScoredUtterance[][] disturbed = [.. conditions.Select(_ => new ScoredUtterance[items.Length])];
        int done = 0;
        (int Index, CorpusItem Item)[][] chunks = [.. items.Index().Chunk(ChunkSize)];
        RecordingReader.InParallel(chunks.Length, threads, chunk =>
        {
            CorpusItem[] members = [.. chunks[chunk].Select(each => each.Item)];
            int first = chunks[chunk][0].Index;
            CleanUtterance[] utterances =
                [.. members.Select(item => new CleanUtterance(item.Utterance, Read(item), SampleRate, settings.Seed))];
            Classify(members, [.. utterances.Select(utterance => utterance.Samples)]).CopyTo(clean, first);
            Advance(members.Length);
            foreach ((int index, Condition condition) in conditions.Index().Where(each => each.Item.Skipped is null))
            {
                cancellation.ThrowIfCancellationRequested();
                Classify(members, condition.Apply(utterances, cancellation)).CopyTo(disturbed[index], first);
                Advance(members.Length);
            }
        }, cancellation);
        CleanMetrics before = CleanMetrics.Compute(classifier.Labels, clean, settings.Seed);
        return [.. conditions.Index().Select(each => each.Item.Skipped is { } reason
            ? new RobustnessMetrics(each.Item.Name) { Skipped = reason }
            : RobustnessMetrics.Compute(each.Item.Name, classifier.Labels, clean, before, disturbed[each.Index], settings.Seed))];

        void Advance(int count) => progress?.Report(Interlocked.Add(ref done, count));
    }

    private ScoredUtterance[] Classify(CorpusItem[] members, IReadOnlyList<float[]> samples)
    {
        FeatureMatrix[] features = [.. samples.Select(each => classifier.Features(each))];
        float[][] probabilities = classifier.Probabilities(features, null, cancellation);
        return [.. members.Select((item, i) => ScoredUtterance.Create(
            item.Utterance.Path, item.Utterance.Speaker, item.Utterance.Emotion, classifier.ByLabel(probabilities[i])))];
    }

    private float[] Read(CorpusItem item) =>
        Resampler.Resample(RecordingReader.Load(listing.Entries[item.Index], cancellation), SampleRate).Samples;
}
