using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// Babble: the sum of six utterances of the test by other speakers than that of the utterance, at equal active speech level, each
/// repeated from a random position. Speakers are drawn without repetition as long as there are enough of them.
/// </summary>
internal sealed class Babble
{
    private const int Talkers = 6;
    private const int PoolSize = 96;        // utterances in memory, whatever the size of the corpus
    private const double MaxSeconds = 10;   // of each of them

    private readonly (string Speaker, float[][] Utterances)[] speakers;

    private Babble((string, float[][])[] speakers) => this.speakers = speakers;

    /// <summary>Whether there are two speakers, so that every utterance has another one.</summary>
    public bool IsPossible => speakers.Length > 1;

    /// <summary>Draws the utterances that babble consists of, from as many speakers as possible, and reads them.</summary>
    /// <param name="utterances">The utterances of the test.</param>
    /// <param name="read">Reads the samples of an utterance, by its index.</param>
    /// <param name="sampleRate">Rate of the samples in Hz.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static Babble Draw(IReadOnlyList<Utterance> utterances, Func<int, float[]> read, int sampleRate, int seed)
    {
        SeededRandom random = Seeds.Random(seed, "robustness/babble");
        int[][] bySpeaker = [.. Enumerable.Range(0, utterances.Count)
            .GroupBy(i => CleanUtterance.SpeakerOf(utterances[i]))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.OrderBy(i => utterances[i].Path, StringComparer.Ordinal).ToArray())];
        foreach (int[] own in bySpeaker)
            random.Shuffle<int>(own);
        random.Shuffle<int[]>(bySpeaker);
        // The first utterance of each speaker, then the second of each, and so on.
        IEnumerable<int> drawn = bySpeaker.SelectMany(own => own.Index()).OrderBy(each => each.Index).Select(each => each.Item)
            .Take(PoolSize);
        return new Babble([.. drawn
            .Select(i => (Speaker: CleanUtterance.SpeakerOf(utterances[i]), Samples: Equalise(read(i), sampleRate)))
            .Where(talker => talker.Samples.Length > 0)
            .GroupBy(talker => talker.Speaker, talker => talker.Samples)
            .Select(group => (group.Key, group.ToArray()))]);
    }

    /// <summary>Babble for an utterance, of its length.</summary>
    public float[] Make(CleanUtterance utterance)
    {
        SeededRandom random = utterance.Random("babble");
        (string Speaker, float[][] Utterances)[] others = [.. speakers.Where(speaker => speaker.Speaker != utterance.Speaker)];
        random.Shuffle<(string, float[][])>(others);
        float[] sum = new float[utterance.Samples.Length];
        for (int talker = 0; talker < Talkers; talker++)
        {
            float[][] choice = others[talker % others.Length].Utterances;
            float[] speech = choice[random.Next(choice.Length)];
            int at = random.Next(speech.Length);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += speech[(at + i) % speech.Length];
        }
        return sum;
    }

    /// <summary>The beginning of an utterance at a common active speech level; empty for silence.</summary>
    private static float[] Equalise(float[] samples, int sampleRate)
    {
        const double levelDb = -26; // dB relative to full scale, the usual level of ITU-T speech files
        float[] part = samples[..(int)Math.Min(samples.Length, MaxSeconds * sampleRate)];
        double level = SpeechLevel.MeasureDecibels(part, sampleRate);
        return double.IsNegativeInfinity(level) ? [] : Level.Gain(part, levelDb - level);
    }
}
