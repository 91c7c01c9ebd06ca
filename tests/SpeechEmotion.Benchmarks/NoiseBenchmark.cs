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
/// <c>noise DATA RUN…</c>: the test part of finished runs in noise, in babble and with reverberation, drawn as in training (SNR 5 to 30
/// dB),
/// without enrolment and after 30 s of enrolment in the same acoustic conditions.
/// </summary>
internal static class NoiseBenchmark
{
    private const int EnrolmentSeconds = 30;

    private static readonly (string Name, AugmentationSettings Settings)[] Conditions =
        [("as recorded", new()), ("noise", new() { Noise = 1 }), ("babble", new() { Babble = 1 }), ("rooms", new() { Reverberation = 1 })];

    public static int Run(string data, string[] runs)
    {
        set_num_threads(2);
        var scored = Conditions.ToDictionary(each => each.Name,
            _ => (Without: new List<ScoredUtterance>(), Enrolled: new List<ScoredUtterance>()));
        IReadOnlyList<string> labels = [];
        foreach (string run in runs)
        {
            using TestSpeakers test = TestSpeakers.Load(run, data);
            labels = test.Classifier.Labels;
            foreach ((string name, AugmentationSettings settings) in Conditions)
            {
                FeatureMatrix[] features =
                    [.. test.Utterances.Select((_, i) => test.Classifier.Features(Augment(test, i, name, settings)))];
                scored[name].Without.AddRange(Classify(test, features, null));
                scored[name].Enrolled.AddRange(Classify(test, features, Enrol(test, features)));
            }
        }
        foreach ((string name, (List<ScoredUtterance> without, List<ScoredUtterance> enrolled)) in scored)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-12} UAR {100 * Metrics.Compute(labels, without, 1).Uar.Value:0.0} % without enrolment, "
                + $"{100 * Metrics.Compute(labels, enrolled, 1).Uar.Value:0.0} % after {EnrolmentSeconds} s of enrolment"));
        return 0;
    }

    private static float[] Augment(TestSpeakers test, int index, string name, AugmentationSettings settings)
    {
        SeededRandom random = Seeds.Random(1, $"{name} {test.Utterances[index].Scored.Path}");
        return new WaveformAugmentation(settings, test.Checkpoint.Settings.Features.SampleRate).AddNoise(
            test.Utterances[index].Samples, () => test.Utterances[random.Next(test.Utterances.Count)].Samples, random);
    }

    private static IEnumerable<ScoredUtterance> Classify(TestSpeakers test, FeatureMatrix[] features, SpeakerStatistics?[]? speakers)
    {
        float[][] probabilities = test.Classifier.Probabilities(features, speakers);
        return test.Utterances.Select((each, i) =>
            ScoredUtterance.Create(each.Scored.Path, each.Scored.Speaker, each.Scored.Truth, test.Classifier.ByLabel(probabilities[i])));
    }

    private static SpeakerStatistics?[] Enrol(TestSpeakers test, FeatureMatrix[] features)
    {
        float[][] statistics = [.. features.Select(UtteranceStatistics.Compute)];
        return [.. test.Utterances.Select((own, i) =>
        {
            int[] others = [.. Enumerable.Range(0, features.Length)
                .Where(other => other != i && test.Utterances[other].Scored.Speaker == own.Scored.Speaker)];
            Seeds.Random(1, own.Scored.Path).Shuffle<int>(others);
            return test.Classifier.EstimateSpeaker(EnrolmentUtterance.TakeSeconds(EnrolmentSeconds, others.Select(other =>
                new EnrolmentUtterance(features[other], statistics[other],
                    test.Checkpoint.Settings.Features.ToSeconds(features[other].Frames)))));
        })];
    }
}
