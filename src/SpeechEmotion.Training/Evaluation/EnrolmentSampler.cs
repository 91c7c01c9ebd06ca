using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// Draws the utterances with which a test speaker is enrolled before an utterance of the same speaker is classified. The classified
/// utterance and its copies are excluded. The model does not receive the labels of the enrolled utterances.
/// </summary>
/// <remarks>
/// There are <see cref="Draws"/> draws per speaker and length, each a random order of the speaker's utterances. In the draw of an utterance
/// another one of the same emotion takes its place, so that the emotions of the enrolled utterances do not depend on its own. Without this
/// its emotion would be the rarest among them, and logit centring would favour it. An emotion of which the speaker has a single
/// recording is never enrolled, because nothing can take the place of that recording.
/// </remarks>
internal sealed class EnrolmentSampler
{
    /// <summary>Lengths of enrolment, in seconds of speech; each is scored separately.</summary>
    public static readonly IReadOnlyList<int> Seconds = [3, 10, 30, 60];

    private const int Draws = 16;

    private readonly EmotionClassifier classifier;
    private readonly CorpusFeatures corpus;
    private readonly ILookup<string, CorpusItem> itemsBySpeaker;
    private readonly RunSettings settings;
    private readonly Dictionary<(string Speaker, int Seconds, int Draw), Enrolment> drawn = [];

    /// <param name="classifier">Estimates the speaker statistics.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="items">The items of the test.</param>
    /// <param name="settings">The run's seed and corpus.</param>
    public EnrolmentSampler(EmotionClassifier classifier, CorpusFeatures corpus, IReadOnlyList<CorpusItem> items, RunSettings settings)
    {
        (this.classifier, this.corpus, this.settings) = (classifier, corpus, settings);
        HashSet<(string, string)> enrolled = [.. items
            .GroupBy(item => (item.Utterance.Speaker, item.Utterance.Emotion))
            .Where(same => same.Select(item => item.DuplicateGroup).Distinct().Count() > 1)
            .Select(same => same.Key)];
        itemsBySpeaker = items
            .Where(item => enrolled.Contains((item.Utterance.Speaker, item.Utterance.Emotion)))
            .ToLookup(item => item.Utterance.Speaker);
    }

    /// <summary>
    /// Statistics of an item's speaker; null if the speaker is unknown or has no emotion with two recordings.
    /// </summary>
    public SpeakerStatistics? Draw(CorpusItem item, int seconds)
    {
        string speaker = item.Utterance.Speaker;
        if (speaker.Length == 0 || !itemsBySpeaker.Contains(speaker))
            return null;
        int draw = Seeds.Random(settings.Seed, $"enrolment {seconds} {item.Utterance.Path}").Next(Draws);
        Enrolment enrolment = GetDraw(speaker, seconds, draw);
        return enrolment.Groups.Contains(item.DuplicateGroup)
            ? EstimateSpeaker(Replace(enrolment.Order, item.DuplicateGroup), seconds).Statistics
            : enrolment.Statistics;
    }

    private Enrolment GetDraw(string speaker, int seconds, int draw)
    {
        if (!drawn.TryGetValue((speaker, seconds, draw), out Enrolment? found))
        {
            CorpusItem[] order = [.. itemsBySpeaker[speaker]];
            string name = SpeakerNames.ForSeed(settings.Corpus, speaker);
            Seeds.Random(settings.Seed, $"enrolment {seconds} {name} {draw}").Shuffle<CorpusItem>(order);
            drawn[(speaker, seconds, draw)] = found = EstimateSpeaker(order, seconds);
        }
        return found;
    }

    /// <summary>
    /// The order with the recordings of a group replaced by others of the same emotion: the last ones of the order, which are the least
    /// likely to be enrolled as well. Each of these occurs twice then, and is enrolled twice if nearly all utterances are enrolled.
    /// </summary>
    private static CorpusItem[] Replace(CorpusItem[] order, int group)
    {
        CorpusItem[] replaced = [.. order];
        foreach (IGrouping<string, int> places in Enumerable.Range(0, order.Length)
            .Where(i => order[i].DuplicateGroup == group)
            .GroupBy(i => order[i].Utterance.Emotion))
        {
            CorpusItem[] others =
                [.. order.Where(other => other.DuplicateGroup != group && other.Utterance.Emotion == places.Key).Reverse()];
            foreach ((int number, int place) in places.Index())
                replaced[place] = others[number % others.Length];
        }
        return replaced;
    }

    private Enrolment EstimateSpeaker(CorpusItem[] order, int seconds)
    {
        EnrolmentUtterance[] utterances = EnrolmentUtterance.TakeSeconds(seconds, order.Select(item =>
            new EnrolmentUtterance(corpus.FeaturesOf(item), corpus.StatisticsOf(item), corpus.SecondsOf(item))));
        return new Enrolment(
            order, [.. order.Take(utterances.Length).Select(item => item.DuplicateGroup)], classifier.EstimateSpeaker(utterances));
    }

    /// <summary>A draw.</summary>
    /// <param name="Order">All utterances of the pool in random order.</param>
    /// <param name="Groups">The duplicate groups of the first ones, which are enrolled.</param>
    /// <param name="Statistics">Statistics of these.</param>
    private sealed record Enrolment(CorpusItem[] Order, HashSet<int> Groups, SpeakerStatistics Statistics);
}
