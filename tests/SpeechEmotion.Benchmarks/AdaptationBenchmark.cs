using System.Globalization;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>adapting DATA RUN…</c>: the effect of online speaker adaptation. The test utterances of each speaker, in random order with pauses
/// between them, form one stream, which is classified with and without adaptation: UAR over the utterances by the seconds of speech of
/// the speaker before each.
/// </summary>
internal static class AdaptationBenchmark
{
    private const int Orders = 6, UtterancesEach = 20;
    private const double PauseSeconds = 1;

    /// <summary>Level of the noise in the pauses: lower than in any recording, but not zero, as from a microphone.</summary>
    private const float PauseLevel = 1e-4f;

    private static readonly double[] Edges = [0, 2, 5, 10, 20, 40, double.PositiveInfinity];

    public static int Run(string data, string[] runs)
    {
        set_num_threads(2);
        List<(double Seconds, ScoredUtterance Adapted, ScoredUtterance Unadapted)> results = [];
        IReadOnlyList<string> labels = [];
        int utterances = 0;
        foreach (string run in runs)
        {
            using TestSpeakers test = TestSpeakers.Load(run, data);
            Checkpoint switchedOff = test.Checkpoint with { Settings = WithoutAdaptation(test.Checkpoint.Settings) };
            using EmotionClassifier unadapted = TorchClassifier.From(switchedOff);
            labels = test.Classifier.Labels;
            foreach (IGrouping<string, (ScoredUtterance Scored, float[] Samples)> speaker in test.Utterances.GroupBy(each =>
                each.Scored.Speaker))
                for (int order = 1; order <= Orders; order++)
                {
                    (ScoredUtterance Scored, float[] Samples)[] utterancesOfSpeaker = [.. speaker];
                    string name = SpeakerNames.ForSeed(test.Checkpoint.Settings.Corpus, speaker.Key);
                    Seeds.Random(order, $"order of {name}").Shuffle<(ScoredUtterance, float[])>(utterancesOfSpeaker);
                    utterancesOfSpeaker = utterancesOfSpeaker[..Math.Min(utterancesOfSpeaker.Length, UtterancesEach)];
                    utterances += utterancesOfSpeaker.Length;
                    (double Seconds, ScoredUtterance Scored)?[] with = Classify(test.Classifier, utterancesOfSpeaker);
                    (double Seconds, ScoredUtterance Scored)?[] without = Classify(unadapted, utterancesOfSpeaker);
                    for (int i = 0; i < utterancesOfSpeaker.Length; i++)
                        if (with[i] is { } one && without[i] is { } other)
                            results.Add((one.Seconds, one.Scored, other.Scored));
                }
        }
        Console.WriteLine($"{results.Count} of {utterances} utterances were segmented as exactly one");
        for (int i = 0; i < Edges.Length; i++)
        {
            (double Seconds, ScoredUtterance Adapted, ScoredUtterance Unadapted)[] part = [.. results.Where(each =>
                i == 0 ? each.Seconds <= 0 : each.Seconds > Edges[i - 1] && each.Seconds <= Edges[i])];
            if (part.Length > 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{Name(i),-18} {part.Length,6} utterances, UAR {Uar(part.Select(each => each.Adapted)):0.0} % with adaptation, "
                    + $"{Uar(part.Select(each => each.Unadapted)):0.0} % without"));
        }
        return 0;

        static string Name(int i) => i == 0 ? "no speech before"
            : double.IsFinite(Edges[i]) ? $"after {Edges[i - 1]:0} to {Edges[i]:0} s" : $"after over {Edges[i - 1]:0} s";

        double Uar(IEnumerable<ScoredUtterance> scored) => 100 * Metrics.Compute(labels, [.. scored], 1).Uar.Value;
    }

    private static RunSettings WithoutAdaptation(RunSettings settings) =>
        settings with { Live = settings.Live with { AdaptationSeconds = 0 } };

    // Each utterance as scored, and the seconds of speech of its speaker before it; null where not exactly one utterance was segmented
    // there.
    private static (double Seconds, ScoredUtterance Scored)?[] Classify(
        EmotionClassifier classifier, (ScoredUtterance Scored, float[] Samples)[] utterances)
    {
        int rate = classifier.Settings.Features.SampleRate, pause = (int)(PauseSeconds * rate);
        List<StreamEvent> events = [];
        var stream = new EmotionStream(classifier, rate, measures: false);
        SeededRandom random = Seeds.Random(1, "pauses");
        List<(double From, double To)> places = [];
        long at = 0;
        foreach ((_, float[] samples) in utterances)
        {
            float[] quiet = [.. Enumerable.Range(0, pause).Select(_ => PauseLevel * (float)((2 * random.NextDouble()) - 1))];
            events.AddRange(stream.Push(quiet));
            events.AddRange(stream.Push(samples));
            places.Add(((double)(at += pause) / rate, (double)(at += samples.Length) / rate));
        }
        events.AddRange(stream.Finish());
        StreamEvent[] ends = [.. events.Where(each => each.Type == StreamEventType.UtteranceEnd)];
        double[] before = [0, .. ends.Select(end => end.SpeakerSeconds ?? 0)]; // the model adapts when an utterance ends
        return [.. utterances.Select((each, i) =>
        {
            int[] here = [.. Enumerable.Range(0, ends.Length).Where(end => (ends[end].Start + ends[end].End) / 2 is double middle
                && middle >= places[i].From && middle <= places[i].To)];
            return here.Length != 1 ? default((double, ScoredUtterance)?) : (before[here[0]], ScoredUtterance.Create(
                each.Scored.Path, each.Scored.Speaker, each.Scored.Truth, ends[here[0]].Probabilities!));
        })];
    }
}
