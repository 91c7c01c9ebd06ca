using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// A corpus that the program makes itself: invented speakers say words in seven emotions, by a source-filter synthesiser. The same
/// settings give the same samples on one machine, in any order and on any number of threads. Figures on it tell whether the
/// program works, not how well people are understood.
/// </summary>
public sealed class SyntheticCorpus
{
    /// <summary>Rate of every recording, Hz.</summary>
    public const int SampleRate = 16000;

    private readonly Take[] takes;
    private readonly int seed;

    /// <summary>Invents the speakers and lists the utterances; nothing is rendered yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its least value.</exception>
    public SyntheticCorpus(SyntheticSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Speakers, 2, "Corpus.Synthetic.Speakers");
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.UtterancesPerEmotion, 1, "Corpus.Synthetic.UtterancesPerEmotion");
        seed = settings.Seed;
        takes = [.. Enumerable.Range(0, settings.Speakers).SelectMany(speaker => Plan(speaker, settings))];
        Utterances = Array.ConvertAll(takes, take => take.Utterance);
    }

    /// <summary>The utterances, by speaker, then emotion. Each speaker says the same words in every emotion.</summary>
    public IReadOnlyList<Utterance> Utterances { get; }

    /// <summary>
    /// Makes the sound of one utterance: mono, <see cref="SampleRate"/>, about 1.5 to 2.5 s. Pure, and safe on many threads.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such utterance.</exception>
    public Waveform Render(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, takes.Length);
        Take take = takes[index];
        var random = Seeds.Random(seed, $"utterance/{take.Utterance.Path}");
        // The time is drawn before the emotion acts: nothing about a recording's length follows from it.
        double lead = random.Uniform(0.08, 0.30), speech = random.Uniform(1.3, 2.0), trail = random.Uniform(0.10, 0.30);
        int samples = (int)((lead + speech + trail) * SampleRate);
        CueSet cues = take.Speaker.Express(take.Emotion, random);
        List<Segment> segments = Score.Compose(take.Word, cues, speech, random);
        float[] sound = Speech.Speak(segments, take.Speaker, cues, lead, samples, random);
        Room.Record(sound, cues[Cue.Level], random);
        return new Waveform(sound, SampleRate);
    }

    /// <summary>
    /// Writes every utterance below a folder as 16-bit WAV, at its <see cref="Utterance.Path"/>, and a <c>manifest.csv</c> with the
    /// columns path, emotion, speaker and text beside them. Files of the same name are replaced.
    /// </summary>
    public void WriteTo(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _ = Parallel.For(0, Utterances.Count, i => Pcm16File.Write(Path.Combine(folder, Utterances[i].Path), Render(i)));
        IEnumerable<string> rows = Utterances.Select(u => $"{u.Path},{u.Emotion},{u.Speaker},{u.Text}\n");
        AtomicFile.WriteText(Path.Combine(folder, "manifest.csv"), string.Concat(rows.Prepend("path,emotion,speaker,text\n")));
    }

    private static IEnumerable<Take> Plan(int index, SyntheticSettings settings)
    {
        var speaker = SyntheticSpeaker.Create(settings.Seed, index);
        Entry[] words = [.. Lexicon.Words];
        Seeds.Random(settings.Seed, $"words/{speaker.Name}").Shuffle<Entry>(words);
        for (int emotion = 0; emotion < EmotionProfile.Emotions.Count; emotion++)
            for (int i = 0; i < settings.UtterancesPerEmotion; i++)
            {
                Entry word = words[i % words.Length];
                string name = EmotionProfile.Emotions[emotion];
                string again = i < words.Length ? "" : $"_{(i / words.Length) + 1}";
                string path = $"synthetic/{speaker.Name}/{speaker.Name}_{word.Text}_{name}{again}.wav";
                yield return new Take(new Utterance(path, name, speaker.Name, word.Text), speaker, emotion, word);
            }
    }

    private sealed record Take(Utterance Utterance, SyntheticSpeaker Speaker, int Emotion, Entry Word);
}
