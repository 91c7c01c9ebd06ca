using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// Pitch and level of an utterance over time: a sloping line with an accent on each stressed vowel, as in the superposition model of
/// Fujisaki &amp; Hirose (1984), a final rise or fall, and tremor.
/// </summary>
internal sealed class Prosody
{
    private const double AccentSemitones = 2.4;

    private Prosody(double[] semitones, double[] decibels)
    {
        Semitones = semitones;
        Decibels = decibels;
    }

    /// <summary>Pitch relative to the neutral pitch of the speaker, in semitones: [ticks].</summary>
    public double[] Semitones { get; }

    /// <summary>Level relative to that of the utterance, in dB: [ticks].</summary>
    public double[] Decibels { get; }

    /// <summary>Composes pitch and level of segments that start at <paramref name="start"/> seconds.</summary>
    public static Prosody Compose(IReadOnlyList<Segment> segments, CueSet cues, double start, int ticks, SeededRandom random)
    {
        double duration = segments.Sum(s => s.Seconds);
        double middle = start + (duration / 2);
        double accent = AccentSemitones * Math.Exp(cues[Cue.Range]);
        double tremorHz = random.Uniform(5.5, 8.5); // pathological and emotional tremor: 4 to 12 Hz (Titze 1994)
        double tremorPhase = random.Uniform(0, 2 * Math.PI);
        double driftPhase = random.Uniform(0, 2 * Math.PI);
        double tremor = Math.Max(0, cues[Cue.Tremor]);

        var semitones = new double[ticks];
        var decibels = Track.Steps(segments, start, ticks, hold: true, s => s.Vowel && s.Stressed ? cues[Cue.Stress] : 0);
        _ = Track.Smooth(decibels, 0.08);
        for (int i = 0; i < ticks; i++)
        {
            double time = i / Track.Rate;
            double within = Math.Clamp(time, start, start + duration);
            double wave = Math.Sin((2 * Math.PI * tremorHz * time) + tremorPhase);
            semitones[i] = cues[Cue.Pitch] + (cues[Cue.Slope] * (within - middle)) + (tremor * wave)
                + (0.3 * Math.Sin((2 * Math.PI * 0.7 * time) + driftPhase));
            decibels[i] += (1.5 * tremor * wave) - (2 * (within - middle) / duration);
        }

        double at = start;
        double lastVowel = start;
        for (int i = 0; i < segments.Count; i++)
        {
            Segment segment = segments[i];
            bool isOnset = segment.Vowel && (i == 0 || !segments[i - 1].Vowel || segments[i - 1].Syllable != segment.Syllable);
            if (isOnset)
            {
                lastVowel = at;
                if (segment.Stressed)
                {
                    IEnumerable<Segment> vowel = segments.Skip(i).TakeWhile(s => s.Vowel && s.Syllable == segment.Syllable);
                    AddAccent(at, vowel.Sum(s => s.Seconds), segment.InWord);
                }
            }
            at += segment.Seconds;
        }
        Track.AddRamp(semitones, lastVowel - 0.05, Math.Max(at - 0.02, lastVowel + 0.08), cues[Cue.FinalPitch]);
        return new Prosody(semitones, decibels);

        void AddAccent(double vowel, double length, bool inWord)
        {
            double height = accent * (inWord ? 1 : 0.7) * Math.Exp(0.2 * random.Normal());
            double from = vowel - 0.06;
            double to = vowel + length + 0.08;
            double peak = 0.5 + (0.3 * Math.Clamp(cues[Cue.PeakDelay], -1.2, 1.2));
            Track.AddHump(semitones, from, from + (peak * (to - from)), to, height);
        }
    }
}
