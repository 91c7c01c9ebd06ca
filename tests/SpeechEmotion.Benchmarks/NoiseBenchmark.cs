using System.Globalization;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Augmentation;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>noise DATA RUN…</c>: what finished runs make of their test part when it is heard in noise, behind other voices or in a room, drawn as
/// training draws them (5 to 30 dB), with nothing known of the voice and with half a minute of it, heard in the same surroundings.
/// </summary>
internal static class NoiseBenchmark
{
    private const int KnownSeconds = 30;

    private static readonly (string Name, AugmentationSettings Settings)[] Surroundings =
        [("as recorded", new()), ("noise", new() { Noise = 1 }), ("babble", new() { Babble = 1 }), ("rooms", new() { Reverberation = 1 })];

    public static int Run(string data, string[] runs)
    {
        set_num_threads(2);
        var judged = Surroundings.ToDictionary(each => each.Name, _ => (Blind: new List<ScoredUtterance>(), Known: new List<ScoredUtterance>()));
        IReadOnlyList<string> labels = [];
        foreach (string run in runs)
        {
            using TestSpeakers test = TestSpeakers.Load(run, data);
            labels = test.Classifier.Labels;
            foreach ((string name, AugmentationSettings settings) in Surroundings)
            {
                FeatureMatrix[] heard = [.. test.Utterances.Select((_, i) => test.Classifier.Features(Heard(test, i, name, settings)))];
                judged[name].Blind.AddRange(Judge(test, heard, null));
                judged[name].Known.AddRange(Judge(test, heard, Known(test, heard)));
            }
        }
        foreach ((string name, (List<ScoredUtterance> blind, List<ScoredUtterance> known)) in judged)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-12} UAR {100 * Metrics.Compute(labels, blind, 1).Uar.Value:0.0} % blind, {100 * Metrics.Compute(labels, known, 1).Uar.Value:0.0} % with {KnownSeconds} s known"));
        return 0;
    }

    private static float[] Heard(TestSpeakers test, int index, string name, AugmentationSettings settings)
    {
        SeededRandom random = Seeds.Random(1, $"{name} {test.Utterances[index].Told.Path}");
        return new WaveformAugmentation(settings, test.Checkpoint.Settings.Features.SampleRate).AddNoise(
            test.Utterances[index].Samples, () => test.Utterances[random.Next(test.Utterances.Count)].Samples, random);
    }

    private static IEnumerable<ScoredUtterance> Judge(TestSpeakers test, FeatureMatrix[] heard, SpeakerStatistics?[]? speakers)
    {
        float[][] probabilities = test.Classifier.Probabilities(heard, speakers);
        return test.Utterances.Select((each, i) => ScoredUtterance.Create(each.Told.Path, each.Told.Speaker, each.Told.Truth, test.Classifier.Labels, probabilities[i]));
    }

    private static SpeakerStatistics?[] Known(TestSpeakers test, FeatureMatrix[] heard)
    {
        float[][] statistics = [.. heard.Select(UtteranceStatistics.Compute)];
        return [.. test.Utterances.Select((own, i) =>
        {
            int[] others = [.. Enumerable.Range(0, heard.Length).Where(other => other != i && test.Utterances[other].Told.Speaker == own.Told.Speaker)];
            Seeds.Random(1, own.Told.Path).Shuffle<int>(others);
            return test.Classifier.EstimateSpeaker(EnrolmentUtterance.TakeSeconds(KnownSeconds, others.Select(other =>
                new EnrolmentUtterance(heard[other], statistics[other], test.Checkpoint.Settings.Features.ToSeconds(heard[other].Frames)))));
        })];
    }
}
