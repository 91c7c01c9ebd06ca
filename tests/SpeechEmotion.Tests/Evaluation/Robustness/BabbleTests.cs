using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class BabbleTests
{
    /// <summary>Each speaker is a tone of its own, by two utterances at different levels.</summary>
    private static readonly Utterance[] Utterances =
        [.. Enumerable.Range(0, 16).Select(i => new Utterance($"{i:00}.wav", "anger", $"s{i % 8}", ""))];

    [Test]
    public void Make_AnUtterance_HasSixOtherSpeakersAtEqualLevels()
    {
        CleanUtterance clean = Clean(3, Utterances);
        double[] powers = [.. Enumerable.Range(0, 8).Select(speaker => PowerAt(Frequency(speaker), Draw(Utterances).Make(clean)))];
        double limit = 0.1 * powers.Max();
        Assert.That(powers[3], Is.LessThan(limit), "the own speaker");
        double[] heard = [.. powers.Where(power => power > limit)];
        Assert.That(heard, Has.Length.EqualTo(6));
        Assert.That(heard.Max() / heard.Min(), Is.LessThan(1.5));
    }

    [Test]
    public void Make_TwoSpeakers_RepeatsTheOther()
    {
        Utterance[] two = [.. Utterances.Where(utterance => utterance.Speaker is "s0" or "s1")];
        float[] babble = Draw(two).Make(Clean(0, two));
        Assert.That(PowerAt(Frequency(0), babble), Is.LessThan(0.01 * PowerAt(Frequency(1), babble)));
    }

    [Test]
    public void Make_SameSeedAndPath_IsTheSameInAnyOrder()
    {
        float[] once = Draw(Utterances).Make(Clean(3, Utterances));
        Utterance[] reversed = [.. Utterances.Reverse()];
        Babble other = Draw(reversed);
        other.Make(Clean(5, Utterances));
        Assert.That(other.Make(Clean(3, Utterances)), Is.EqualTo(once));
        Assert.That(Draw(Utterances, seed: 2).Make(Clean(3, Utterances, seed: 2)), Is.Not.EqualTo(once));
    }

    [Test]
    public void IsPossible_OneSpeaker_IsFalse()
    {
        Assert.That(Draw([.. Utterances.Where(utterance => utterance.Speaker == "s0")]).IsPossible, Is.False);
        Assert.That(Draw([]).IsPossible, Is.False);
        Assert.That(Draw([Utterances[0], Utterances[1] with { Speaker = "" }, Utterances[2] with { Speaker = "" }]).IsPossible, Is.True,
            "utterances without a named speaker are of different speakers");
    }

    private static Babble Draw(Utterance[] utterances, int seed = 1) =>
        Babble.Draw(utterances, i => Tone(utterances[i]), 16000, seed);

    private static CleanUtterance Clean(int speaker, Utterance[] utterances, int seed = 1)
    {
        Utterance utterance = utterances.First(each => each.Speaker == $"s{speaker}");
        return new CleanUtterance(utterance, Tone(utterance), 16000, seed);
    }

    private static double Frequency(int speaker) => 300 + (200 * speaker);

    private static float[] Tone(Utterance utterance) =>
        TestSignals.Sine(16000, Frequency(int.Parse(utterance.Speaker.TrimStart('s').PadLeft(1, '0'))), 16000,
            utterance.Path is "03.wav" or "05.wav" ? 0.5 : 0.05);

    private static double PowerAt(double frequency, float[] samples)
    {
        double re = 0, im = 0;
        for (int i = 0; i < samples.Length; i++)
            (re, im) = (re + (samples[i] * Math.Cos(Math.Tau * frequency * i / 16000)),
                im + (samples[i] * Math.Sin(Math.Tau * frequency * i / 16000)));
        return (re * re) + (im * im);
    }
}
