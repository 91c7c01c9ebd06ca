using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// Draws the utterances with which a test speaker is enrolled before an utterance of the same speaker is classified.
/// Labels are not used. The classified utterance and its copies are excluded.
/// </summary>
/// <remarks>
/// There are <see cref="Draws"/> draws per speaker and length; an utterance is classified with one that does not contain it.
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
    private readonly Dictionary<(string Speaker, int Seconds, int Draw), (HashSet<int> Groups, SpeakerStatistics Statistics)> drawn = [];

    /// <param name="classifier">Estimates the speaker statistics.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="items">The items of the test.</param>
    /// <param name="settings">The run's seed and corpus.</param>
    public EnrolmentSampler(EmotionClassifier classifier, CorpusFeatures corpus, IEnumerable<CorpusItem> items, RunSettings settings)
    {
        (this.classifier, this.corpus, this.settings) = (classifier, corpus, settings);
        itemsBySpeaker = items.ToLookup(item => item.Utterance.Speaker);
    }

    /// <summary>Statistics of an item's speaker; null if the speaker is unknown or has no other utterance.</summary>
    public SpeakerStatistics? Draw(CorpusItem item, int seconds)
    {
        string speaker = item.Utterance.Speaker;
        if (speaker.Length == 0)
            return null;
        SeededRandom random = Seeds.Random(settings.Seed, $"enrolment {seconds} {item.Utterance.Path}");
        int first = random.Next(Draws);
        for (int i = 0; i < Draws; i++)
        {
            (HashSet<int> groups, SpeakerStatistics statistics) = GetDraw(speaker, seconds, (first + i) % Draws);
            if (!groups.Contains(item.DuplicateGroup))
                return statistics;
        }
        // The speaker has so few utterances that every draw contains this one.
        CorpusItem[] others = [.. itemsBySpeaker[speaker].Where(other => other.DuplicateGroup != item.DuplicateGroup)];
        random.Shuffle<CorpusItem>(others);
        return others.Length == 0 ? null : EstimateSpeaker(others, seconds).Statistics;
    }

    private (HashSet<int> Groups, SpeakerStatistics Statistics) GetDraw(string speaker, int seconds, int draw)
    {
        if (!drawn.TryGetValue((speaker, seconds, draw), out (HashSet<int> Groups, SpeakerStatistics Statistics) found))
        {
            CorpusItem[] order = [.. itemsBySpeaker[speaker]];
            string name = SpeakerNames.ForSeed(settings.Corpus, speaker);
            Seeds.Random(settings.Seed, $"enrolment {seconds} {name} {draw}").Shuffle<CorpusItem>(order);
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
