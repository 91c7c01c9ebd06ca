using SpeechEmotion.Augmentation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Augmentation;

public sealed class WaveformAugmentationTests
{
    private const int Rate = 16000;

    private static readonly AugmentationSettings Everything = new() { Speed = 0.2, Reverberation = 1, Babble = 1, Noise = 1 };

    [Test]
    public void Changed_SameSeed_GivesTheSameBitsAndLeavesTheGivenSound()
    {
        float[] tone = Tone(440), before = [.. tone];
        float[] first = Changed(Everything, tone, 1).Samples;
        Assert.That(Changed(Everything, tone, 1).Samples, Is.EqualTo(first));
        Assert.That(Changed(Everything, tone, 2).Samples, Is.Not.EqualTo(first));
        Assert.That(tone, Is.EqualTo(before));
    }

    [Test]
    public void Played_Speed_ChangesLengthAndPitchByTheSameFactor()
    {
        HashSet<double> factors = [];
        for (int seed = 0; seed < 40; seed++)
        {
            (float[] samples, double factor) = Changed(new AugmentationSettings { Speed = 0.2 }, Tone(440), seed);
            Assert.That(factor, Is.InRange(0.83, 1.2));
            Assert.That(samples.Length, Is.EqualTo(Rate / factor).Within(1));
            float[] middle = samples[1000..9000];
            int crossings = Enumerable.Range(1, middle.Length - 1).Count(i => middle[i - 1] < 0 != middle[i] < 0);
            Assert.That(crossings, Is.EqualTo(2 * 440 * factor * 0.5).Within(2));
            factors.Add(factor);
        }
        Assert.That(factors, Has.Count.GreaterThan(15));
    }

    [Test]
    public void Surrounded_Noise_KeepsTheRatioAskedFor()
    {
        float[] tone = Tone(300);
        var settings = new AugmentationSettings { Noise = 1, SnrLow = 12, SnrHigh = 12 };
        for (int seed = 0; seed < 10; seed++)
            Assert.That(Ratio(tone, Changed(settings, tone, seed).Samples), Is.EqualTo(12).Within(0.01));
    }

    [Test]
    public void Surrounded_Babble_IsMadeOfTheOtherUtterances()
    {
        float[] tone = Tone(300);
        var settings = new AugmentationSettings { Babble = 1, SnrLow = 6, SnrHigh = 6 };
        float[] changed = Changed(settings, tone, 3).Samples;
        Assert.That(Ratio(tone, changed), Is.EqualTo(6).Within(0.01));
        float[] silence = new WaveformAugmentation(settings, Rate).AddNoise(tone, () => new float[100], Seeds.Random(3, "sound"));
        Assert.That(silence, Is.EqualTo(tone), "silent voices add nothing");
    }

    [Test]
    public void Surrounded_Room_AddsATailBehindAClick()
    {
        float[] click = new float[Rate];
        click[1000] = 1;
        float[] heard = Changed(new AugmentationSettings { Reverberation = 1 }, click, 5).Samples;
        Assert.That(heard[..1000], Is.All.Zero);
        Assert.That(heard[1000], Is.EqualTo(1));
        double early = Energy(heard[1001..1800]), late = Energy(heard[1801..2600]), end = Energy(heard[(1000 + (Rate / 2) + 20)..]);
        Assert.That(early, Is.GreaterThan(late).And.LessThan(Math.Pow(10, -3 / 10.0) + 0.01));
        Assert.That(end, Is.Zero, "half a second is the longest room");
    }

    [Test]
    public void Changed_NothingOn_GivesTheSoundItself()
    {
        float[] tone = Tone(200);
        (float[] samples, double factor) = Changed(new AugmentationSettings(), tone, 1);
        Assert.That(samples, Is.EqualTo(tone));
        Assert.That(factor, Is.EqualTo(1));
    }

    private static (float[] Samples, double Factor) Changed(AugmentationSettings settings, float[] samples, int seed)
    {
        var change = new WaveformAugmentation(settings, Rate);
        SeededRandom random = Seeds.Random(seed, "sound");
        (float[] played, double factor) = change.PerturbSpeed(samples, random);
        return (change.AddNoise(played, () => Tone(777), random), factor);
    }

    private static double Ratio(float[] clean, float[] mixed) =>
        10 * Math.Log10(Energy(clean) / Energy([.. mixed.Select((sample, i) => sample - clean[i])]));

    private static double Energy(float[] samples) => samples.Sum(sample => (double)sample * sample);

    private static float[] Tone(double hertz) => [.. Enumerable.Range(0, Rate).Select(i => (float)(0.3 * Math.Sin(2 * Math.PI * hertz * i / Rate)))];
}
