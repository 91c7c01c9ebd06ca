using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Other utterances of a test voice, drawn at random, from which the voice becomes known before one of its utterances is
/// judged. Their labels play no part; the judged utterance and its copies are never among them.
/// </summary>
internal sealed class Enrolment
{
    /// <summary>How much of each voice is heard, in seconds of speech: one figure for each.</summary>
    public static readonly IReadOnlyList<int> Seconds = [3, 10, 30, 60];

    private readonly ExtractedCorpus corpus;
    private readonly ILookup<string, CorpusItem> ofVoice;
    private readonly int seed;

    /// <param name="corpus">The corpus.</param>
    /// <param name="items">The items that are judged.</param>
    /// <param name="seed">The run's seed.</param>
    public Enrolment(ExtractedCorpus corpus, IEnumerable<CorpusItem> items, int seed)
    {
        (this.corpus, this.seed) = (corpus, seed);
        ofVoice = items.ToLookup(item => item.Utterance.Speaker);
    }

    /// <summary>What is known of an item's voice; null where nothing can be.</summary>
    public KnownVoice? Draw(CorpusItem item, int seconds)
    {
        CorpusItem[] others = [.. ofVoice[item.Utterance.Speaker].Where(other => other.DuplicateGroup != item.DuplicateGroup)];
        if (item.Utterance.Speaker.Length == 0 || others.Length == 0)
            return null;
        Seeds.Random(seed, $"enrolment {seconds} {item.Utterance.Path}").Shuffle<CorpusItem>(others);
        var voice = new KnownVoice();
        foreach (CorpusItem other in others)
        {
            if (voice.Seconds >= seconds)
                break;
            voice.Add(corpus.StatisticsOf(other), corpus.Seconds(corpus.FeaturesOf(other)));
        }
        return voice;
    }
}
