using System.Globalization;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>adapting DATA RUN…</c>: what adapting to a voice gives while one listens. The test utterances of each voice, in random order with
/// pauses between them, are one stream; it is heard by the model that adapts and by the same model forbidden to: UAR over the
/// utterances by how many seconds of the voice had been heard before each.
/// </summary>
internal static class AdaptationBenchmark
{
    private const int Orders = 6, UtterancesEach = 20;
    private const double PauseSeconds = 1;

    /// <summary>Quieter than any recording, but not silent: a stream has a microphone.</summary>
    private const float PauseLevel = 1e-4f;

    private static readonly double[] Edges = [0, 2, 5, 10, 20, 40, double.PositiveInfinity];

    public static int Run(string data, string[] runs)
    {
        set_num_threads(2);
        List<(double Known, ScoredUtterance Adapting, ScoredUtterance Not)> heard = [];
        IReadOnlyList<string> labels = [];
        int utterances = 0;
        foreach (string run in runs)
        {
            using TestSpeakers test = TestSpeakers.Load(run, data);
            using EmotionClassifier fixedly = TorchClassifier.From(test.Checkpoint with { Settings = Forgetful(test.Checkpoint.Settings) });
            labels = test.Classifier.Labels;
            foreach (IGrouping<string, (ScoredUtterance Told, float[] Samples)> speaker in test.Utterances.GroupBy(each => each.Told.Speaker))
                for (int order = 1; order <= Orders; order++)
                {
                    (ScoredUtterance Told, float[] Samples)[] said = [.. speaker];
                    Seeds.Random(order, $"order of {speaker.Key}").Shuffle<(ScoredUtterance, float[])>(said);
                    said = said[..Math.Min(said.Length, UtterancesEach)];
                    utterances += said.Length;
                    (double Known, ScoredUtterance Judged)?[] adapting = Listen(test.Classifier, said), not = Listen(fixedly, said);
                    for (int i = 0; i < said.Length; i++)
                        if (adapting[i] is { } with && not[i] is { } without)
                            heard.Add((with.Known, with.Judged, without.Judged));
                }
        }
        Console.WriteLine($"{heard.Count} of {utterances} utterances were found as one");
        for (int i = 0; i < Edges.Length; i++)
        {
            (double Known, ScoredUtterance Adapting, ScoredUtterance Not)[] part = [.. heard.Where(each => i == 0 ? each.Known <= 0 : each.Known > Edges[i - 1] && each.Known <= Edges[i])];
            if (part.Length > 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{Name(i),-18} {part.Length,6} utterances, UAR {Uar(part.Select(each => each.Adapting)):0.0} % adapting, {Uar(part.Select(each => each.Not)):0.0} % not"));
        }
        return 0;

        static string Name(int i) => i == 0 ? "nothing heard" : double.IsFinite(Edges[i]) ? $"{Edges[i - 1]:0} to {Edges[i]:0} s heard" : $"over {Edges[i - 1]:0} s heard";

        double Uar(IEnumerable<ScoredUtterance> judged) => 100 * Metrics.Compute(labels, [.. judged], 1).Uar.Value;
    }

    private static RunSettings Forgetful(RunSettings settings) => settings with { Live = settings.Live with { AdaptationSeconds = 0 } };

    // What was said of each utterance, and the seconds of its voice known when it began; null where not exactly one was found in its place.
    private static (double Known, ScoredUtterance Judged)?[] Listen(EmotionClassifier classifier, (ScoredUtterance Told, float[] Samples)[] said)
    {
        int rate = classifier.Settings.Features.SampleRate, pause = (int)(PauseSeconds * rate);
        List<StreamEvent> events = [];
        var stream = new StreamClassifier(classifier, rate, measures: false, events.Add);
        SeededRandom random = Seeds.Random(1, "pauses");
        List<(double From, double To)> places = [];
        long at = 0;
        foreach ((_, float[] samples) in said)
        {
            float[] quiet = [.. Enumerable.Range(0, pause).Select(_ => PauseLevel * (float)((2 * random.NextDouble()) - 1))];
            stream.Push(quiet);
            stream.Push(samples);
            places.Add(((double)(at += pause) / rate, (double)(at += samples.Length) / rate));
        }
        stream.Finish();
        StreamEvent[] starts = [.. events.Where(each => each.Kind == StreamEventKind.UtteranceStart)];
        (StreamEvent Start, StreamEvent End)[] found = [.. starts.Zip(events.Where(each => each.Kind == StreamEventKind.UtteranceEnd))];
        return [.. said.Select((each, i) =>
        {
            (StreamEvent Start, StreamEvent End)[] here = [.. found.Where(one => (one.End.Start + one.End.End) / 2 is double middle && middle >= places[i].From && middle <= places[i].To)];
            if (here.Length != 1)
                return default((double, ScoredUtterance)?);
            (StreamEvent start, StreamEvent end) = here[0];
            return (start.SpeakerSeconds, ScoredUtterance.Create(each.Told.Path, each.Told.Speaker, each.Told.Truth, classifier.Labels, end.Probabilities));
        })];
    }
}
