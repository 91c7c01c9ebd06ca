using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// Other utterances of a test voice, drawn at random, from which the voice becomes known before one of its utterances is
/// judged. Their labels play no part; the judged utterance and its copies are never among them.
/// </summary>
/// <remarks>Each voice is drawn <see cref="Draws"/> times for each length, and an utterance judged with one of the draws that is without it.</remarks>
internal sealed class EnrolmentSampler
{
    /// <summary>How much of each voice is heard, in seconds of speech: one figure for each.</summary>
    public static readonly IReadOnlyList<int> Seconds = [3, 10, 30, 60];

    private const int Draws = 16;

    private readonly EmotionClassifier classifier;
    private readonly CorpusFeatures corpus;
    private readonly ILookup<string, CorpusItem> itemsBySpeaker;
    private readonly int seed;
    private readonly Dictionary<(string Speaker, int Seconds, int Draw), (HashSet<int> Groups, SpeakerStatistics Statistics)> drawn = [];

    /// <param name="classifier">What hears the voices.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="items">The items that are judged.</param>
    /// <param name="seed">The run's seed.</param>
    public EnrolmentSampler(EmotionClassifier classifier, CorpusFeatures corpus, IEnumerable<CorpusItem> items, int seed)
    {
        (this.classifier, this.corpus, this.seed) = (classifier, corpus, seed);
        itemsBySpeaker = items.ToLookup(item => item.Utterance.Speaker);
    }

    /// <summary>What is known of an item's voice; null where nothing can be.</summary>
    public SpeakerStatistics? Draw(CorpusItem item, int seconds)
    {
        string speaker = item.Utterance.Speaker;
        if (speaker.Length == 0)
            return null;
        SeededRandom random = Seeds.Random(seed, $"enrolment {seconds} {item.Utterance.Path}");
        int first = random.Next(Draws);
        for (int i = 0; i < Draws; i++)
        {
            (HashSet<int> groups, SpeakerStatistics statistics) = GetDraw(speaker, seconds, (first + i) % Draws);
            if (!groups.Contains(item.DuplicateGroup))
                return statistics;
        }
        // There is so little of the voice that it is in every draw.
        CorpusItem[] others = [.. itemsBySpeaker[speaker].Where(other => other.DuplicateGroup != item.DuplicateGroup)];
        random.Shuffle<CorpusItem>(others);
        return others.Length == 0 ? null : EstimateSpeaker(others, seconds).Statistics;
    }

    private (HashSet<int> Groups, SpeakerStatistics Statistics) GetDraw(string speaker, int seconds, int draw)
    {
        if (!drawn.TryGetValue((speaker, seconds, draw), out (HashSet<int> Groups, SpeakerStatistics Statistics) found))
        {
            CorpusItem[] order = [.. itemsBySpeaker[speaker]];
            Seeds.Random(seed, $"enrolment {seconds} {speaker} {draw}").Shuffle<CorpusItem>(order);
            drawn[(speaker, seconds, draw)] = found = EstimateSpeaker(order, seconds);
        }
        return found;
    }

    private (HashSet<int> Groups, SpeakerStatistics Statistics) EstimateSpeaker(CorpusItem[] order, int seconds)
    {
        EnrolmentUtterance[] utterances = EnrolmentUtterance.TakeSeconds(seconds, order.Select(item =>
            new EnrolmentUtterance(corpus.FeaturesOf(item), corpus.StatisticsOf(item), corpus.SecondsOf(item))));
        return ([.. order.Take(utterances.Length).Select(item => item.DuplicateGroup)], classifier.EstimateSpeaker(utterances));
    }
}
