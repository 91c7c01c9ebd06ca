using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora.Synthetic;

/// <summary>Measured on the signal: emotions differ as the literature reports, and no artefact of synthesis separates them.</summary>
internal sealed class SyntheticExpressionTests
{
    private const double Chance = 1.0 / 7;
    private readonly SyntheticCorpus corpus = new(new SyntheticSettings());
    private Acoustics[] measured = [];

    [OneTimeSetUp]
    public void Measure()
    {
        measured = new Acoustics[corpus.Utterances.Count];
        _ = Parallel.For(0, measured.Length, i => measured[i] = Acoustics.Measure(corpus.Render(i).Samples));
    }

    // Directions: Scherer 2003; Murray & Arnott 1993.
    [TestCase("anger", "sadness", 4)]
    [TestCase("happiness", "sadness", 3)]
    [TestCase("anger", "neutral", 1.5)]
    [TestCase("neutral", "sadness", 1.5)]
    public void Level_OnAverage_IsHigher(string louder, string softer, double decibels) =>
        Assert.That(Mean(louder, a => a.Level) - Mean(softer, a => a.Level), Is.GreaterThan(decibels));

    [TestCase("anger", "sadness", 3)]
    [TestCase("fear", "neutral", 3)]
    [TestCase("happiness", "neutral", 2)]
    [TestCase("neutral", "disgust", 0.5)]
    public void Pitch_OnAverage_IsHigher(string higher, string lower, double semitones) =>
        Assert.That(Mean(higher, a => a.Pitch) - Mean(lower, a => a.Pitch), Is.GreaterThan(semitones));

    [TestCase("fear", "sadness")]
    [TestCase("happiness", "sadness")]
    [TestCase("anger", "sadness")]
    [TestCase("anger", "disgust")]
    public void SyllableRate_OnAverage_IsHigher(string faster, string slower) =>
        Assert.That(Mean(faster, a => a.SyllableRate) - Mean(slower, a => a.SyllableRate), Is.GreaterThan(0.4));

    [Test]
    public void FinalPitch_Surprise_RisesAboveAllOthers()
    {
        foreach (string other in EmotionProfile.Emotions.Where(e => e != "surprise"))
            Assert.That(Mean("surprise", a => a.FinalPitch), Is.GreaterThan(Mean(other, a => a.FinalPitch) + 1.5), other);
    }

    [Test]
    public void Pitch_NeutralAndAnger_OverlapBetweenSpeakers()
    {
        double[] neutral = [.. IndicesOf("neutral").Select(i => measured[i].Pitch)],
            anger = [.. IndicesOf("anger").Select(i => measured[i].Pitch)];

        Assert.That(neutral.Max(), Is.GreaterThan(anger.Average()));
    }

    [Test]
    public void LengthAlone_UnseenSpeakers_StaysNearChance()
    {
        Assert.That(Guess(a => a.Seconds), Is.EqualTo(Chance).Within(0.1));
        Assert.That(Guess(a => a.SpeechSeconds), Is.EqualTo(Chance).Within(0.1));
    }

    [Test]
    public void LeadingSilenceAlone_UnseenSpeakers_StaysNearChance() => Assert.That(Guess(a => a.Lead), Is.EqualTo(Chance).Within(0.1));

    [Test]
    public void PeakAlone_UnseenSpeakers_IsNoGiveaway() => Assert.That(Guess(a => a.Peak), Is.LessThan(Chance + 0.15));

    [Test]
    public void FourMeasuresTogether_UnseenSpeakers_RecogniseMuchButNotAll()
    {
        double uar = Guess(a => a.Pitch / 4, a => a.FinalPitch / 3, a => a.SyllableRate, a => a.Level / 4);

        Assert.That(uar, Is.InRange(Chance + 0.1, 0.9));
    }

    // Unweighted average recall of 31 nearest neighbours among the other speakers' recordings.
    private double Guess(params Func<Acoustics, double>[] what)
    {
        double[][] points = [.. measured.Select(a => Array.ConvertAll(what, w => w(a)))];
        var right = EmotionProfile.Emotions.ToDictionary(e => e, _ => 0.0);
        for (int i = 0; i < points.Length; i++)
        {
            Utterance one = corpus.Utterances[i];
            string guess = Enumerable.Range(0, points.Length).Where(j => corpus.Utterances[j].Speaker != one.Speaker)
                .OrderBy(j => points[i].Zip(points[j], (a, b) => (a - b) * (a - b)).Sum()).Take(31)
                .GroupBy(j => corpus.Utterances[j].Emotion).OrderByDescending(g => g.Count()).First().Key;
            if (guess == one.Emotion)
                right[guess] += 7.0 / points.Length;
        }
        return right.Values.Average();
    }

    private IEnumerable<int> IndicesOf(string emotion) =>
        Enumerable.Range(0, measured.Length).Where(i => corpus.Utterances[i].Emotion == emotion);

    private double Mean(string emotion, Func<Acoustics, double> what) => IndicesOf(emotion).Average(i => what(measured[i]));
}
