using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Features;

public sealed class VoiceModelTests
{
    [Test]
    public void Fit_ManyVoices_FindsTheVariancesTheyWereMadeWith()
    {
        VoiceModel model = VoiceModel.Fit(Voices(400, 10, between: 3, within: 2));
        Assert.That(model.Mean[0], Is.EqualTo(5).Within(0.5));
        Assert.That(Math.Sqrt(model.Within[0]), Is.EqualTo(2).Within(0.1));
        Assert.That(Math.Sqrt(model.Between[0]), Is.EqualTo(3).Within(0.3));
        Assert.That(model.UtteranceSeconds, Is.EqualTo(2));
    }

    [Test]
    public void Fit_VoicesThatDoNotDiffer_ExpectsNoDifference()
    {
        VoiceModel model = VoiceModel.Fit(Voices(200, 10, between: 0, within: 2));
        Assert.That(model.Between[0], Is.LessThan(0.1));
    }

    [Test]
    public void Fit_OneVoice_HasNothingBetween()
    {
        VoiceModel model = VoiceModel.Fit(Voices(1, 10, between: 3, within: 2));
        Assert.That(model.Between, Is.All.Zero);
        var known = new KnownVoice();
        known.Add([100, 100], 60);
        Assert.That(model.Centre(0, known), Is.EqualTo(model.Mean[0]), "without other voices to compare, a voice cannot be told from what was said");
    }

    [Test]
    public void Centre_MoreHeard_MovesFromTheTrainingVoicesToTheVoice()
    {
        var model = new VoiceModel([5], [4], [9], utteranceSeconds: 2);
        Assert.That(model.Centre(0, null), Is.EqualTo(5));
        double last = 5;
        foreach (double seconds in new[] { 1, 2, 10, 100, 1e6 })
        {
            var known = new KnownVoice();
            known.Add([15], seconds);
            double observed = seconds / 2, expected = 5 + (10 * observed * 9 / ((observed * 9) + 4));
            Assert.That(model.Centre(0, known), Is.EqualTo(expected).Within(1e-4).And.GreaterThan(last));
            last = expected;
        }
        Assert.That(last, Is.EqualTo(15).Within(1e-3));
    }

    [Test]
    public void Apply_UtterancesOfUnknownAndKnownVoices_HaveDeviationOne()
    {
        (float[] Statistics, string Voice, double Seconds)[] utterances = Voices(400, 30, between: 3, within: 2);
        VoiceModel model = VoiceModel.Fit(utterances);
        var blind = new List<float>();
        var known = new List<float>();
        foreach (var voice in utterances.GroupBy(utterance => utterance.Voice))
        {
            var heard = new KnownVoice();
            foreach (var utterance in voice.Skip(1).Take(4))
                heard.Add(utterance.Statistics, utterance.Seconds);
            blind.Add(Applied(null));
            known.Add(Applied(heard));
            float Applied(KnownVoice? of)
            {
                float[] copy = [.. voice.First().Statistics];
                model.Apply(copy, of);
                return copy[0];
            }
        }
        Assert.That(Deviation(blind), Is.EqualTo(1).Within(0.1));
        Assert.That(Deviation(known), Is.EqualTo(1).Within(0.1));
    }

    [Test]
    public void Add_Utterances_WeighsByLength()
    {
        var voice = new KnownVoice();
        voice.Add([1], 1);
        voice.Add([5], 3);
        Assert.That(voice.Mean(0), Is.EqualTo(4));
        Assert.That(voice.Means(), Is.EqualTo(new[] { 4f }));
        Assert.That(voice.Seconds, Is.EqualTo(4));
    }

    [Test]
    public void New_UnequalLengths_IsRefused() =>
        Assert.That(() => new VoiceModel([1, 2], [1], [1, 2], 1), Throws.ArgumentException);

    private static double Deviation(List<float> values) => Math.Sqrt(values.Average(value => (double)value * value));

    private static (float[] Statistics, string Voice, double Seconds)[] Voices(int voices, int utterances, double between, double within)
    {
        SeededRandom random = Seeds.Random(1, "voices");
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, voices).SelectMany(voice =>
        {
            double own = 5 + (between * Normal());
            return Enumerable.Range(0, utterances).Select(_ => (new[] { (float)(own + (within * Normal())), 1f }, $"voice {voice:000}", 2.0)).ToArray();
        })];
    }
}
