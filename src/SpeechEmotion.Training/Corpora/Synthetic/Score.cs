using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>The sequence of articulatory segments of a carrier and a word, with a given total duration.</summary>
internal static class Score
{
    private const double BurstSeconds = 0.012;

    /// <summary>
    /// The segments of an utterance of <paramref name="seconds"/>. The carrier is the one whose natural duration at this tempo is nearest;
    /// all segments are then stretched by the same factor.
    /// </summary>
    public static List<Segment> Compose(Entry word, CueSet cues, double seconds, SeededRandom random)
    {
        ulong seed = random.NextBits();
        List<Segment>? best = null;
        double bestStretch = 0;
        foreach (Entry carrier in Lexicon.Carriers)
        {
            List<Segment> segments = Sequence(carrier, word, cues, new SeededRandom(seed));
            double stretch = seconds / segments.Sum(s => s.Seconds);
            if (best is null || Math.Abs(Math.Log(stretch)) < Math.Abs(Math.Log(bestStretch)))
                (best, bestStretch) = (segments, stretch);
        }
        return best!.ConvertAll(s => s with { Seconds = s.Seconds * bestStretch });
    }

    private static List<Segment> Sequence(Entry carrier, Entry word, CueSet cues, SeededRandom random)
    {
        var segments = new List<Segment>();
        int syllable = -1;
        AddSounds(carrier.Sounds, inWord: false);
        double pause = Math.Max(0, cues[Cue.Pause]);
        if (pause > 0.01)
            segments.Add(segments[^1] with
            {
                Seconds = pause, Voicing = 0, Aspiration = 0, Frication = 0, Nasality = 0, Vowel = false, Stressed = false,
            });
        AddSounds(word.Sounds, inWord: true);
        return segments;

        void AddSounds(string sounds, bool inWord)
        {
            bool stressed = false;
            for (int at = 0; at < sounds.Length; at++)
            {
                if (sounds[at] == '\'')
                {
                    stressed = true;
                    continue;
                }
                var phone = Phone.Find(sounds[at]);
                if (phone.Manner == Manner.Vowel)
                    syllable++;
                Phone next = Phone.Find(NextVowel(sounds, at));
                double irregularity = Math.Exp(Math.Max(0, cues[Cue.Irregularity]) * random.Normal());
                double duration = phone.Milliseconds / 1000 * DurationFactor(phone, stressed, cues) * irregularity;
                foreach (Segment segment in Pronounce(phone, next, duration))
                    segments.Add(segment with { Syllable = syllable, Stressed = stressed, InWord = inWord });
                if (phone.Manner == Manner.Vowel)
                    stressed = false;
            }
        }
    }

    // Tempo changes vowels more than consonants (Gay 1978); stress lengthens vowels by about a third (Klatt 1976).
    private static double DurationFactor(Phone phone, bool stressed, CueSet cues) => phone.Manner == Manner.Vowel
        ? Math.Exp(-1.15 * cues[Cue.Tempo] + (stressed ? 0.3 + cues[Cue.Lengthening] : 0))
        : Math.Exp(-0.75 * cues[Cue.Tempo]);

    private static char NextVowel(string sounds, int at)
    {
        for (int i = at + 1; i < sounds.Length; i++)
            if (sounds[i] != '\'' && Phone.Find(sounds[i]).Manner == Manner.Vowel)
                return sounds[i];
        return '@';
    }

    private static IEnumerable<Segment> Pronounce(Phone phone, Phone next, double seconds)
    {
        var target = new Segment(phone.F1, phone.F2, phone.F3, seconds)
        {
            Voicing = phone.Voicing, NoiseHz = phone.NoiseHz, NoiseWidth = phone.NoiseWidth,
        };
        switch (phone.Manner)
        {
            case Manner.Vowel when phone.Glide != '\0':
                var end = Phone.Find(phone.Glide);
                yield return target with { Seconds = 0.6 * seconds, Vowel = true };
                yield return target with { F1 = end.F1, F2 = end.F2, F3 = end.F3, Seconds = 0.4 * seconds, Vowel = true };
                break;
            case Manner.Vowel:
                yield return target with { Vowel = true };
                break;
            case Manner.Nasal:
                yield return target with { Nasality = 1 };
                break;
            case Manner.Fricative:
                yield return target with { Frication = phone.NoiseLevel };
                break;
            case Manner.Breath: // the vocal tract already has the shape of the following vowel
                yield return target with { F1 = next.F1, F2 = next.F2, F3 = next.F3, Aspiration = 0.5 };
                break;
            case Manner.Stop:
                bool voiceless = phone.Voicing == 0;
                double aspirated = voiceless ? 0.35 * seconds : 0;
                yield return target with { Seconds = Math.Max(0.01, seconds - BurstSeconds - aspirated) };
                yield return target with { Seconds = BurstSeconds, Frication = phone.NoiseLevel, Voicing = 0.5 * phone.Voicing };
                if (voiceless)
                    yield return new Segment(next.F1, 0.5 * (phone.F2 + next.F2), next.F3, aspirated) { Aspiration = 0.35 };
                break;
            default:
                yield return target;
                break;
        }
    }
}
