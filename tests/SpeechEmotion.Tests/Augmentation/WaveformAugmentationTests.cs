using SpeechEmotion.Augmentation;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Augmentation;

public sealed class WaveformAugmentationTests
{
    private const int Rate = 16000;

    private static readonly AugmentationSettings Everything = new() { Speed = 0.2, Reverberation = 1, Babble = 1, Noise = 1 };

    [Test]
    public void Apply_SameSeed_GivesTheSameBitsAndKeepsTheInput()
    {
        float[] tone = Tone(440), before = [.. tone];
        float[] first = Apply(Everything, tone, 1).Samples;
        Assert.That(Apply(Everything, tone, 1).Samples, Is.EqualTo(first));
        Assert.That(Apply(Everything, tone, 2).Samples, Is.Not.EqualTo(first));
        Assert.That(tone, Is.EqualTo(before));
    }

    [Test]
    public void PerturbSpeed_Speed_ChangesLengthAndPitchByTheSameFactor()
    {
        HashSet<double> factors = [];
        for (int seed = 0; seed < 40; seed++)
        {
            (float[] samples, double factor) = Apply(new AugmentationSettings { Speed = 0.2 }, Tone(440), seed);
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
    public void AddNoise_Noise_HasTheRequestedSnr()
    {
        float[] tone = Tone(300);
        var settings = new AugmentationSettings { Noise = 1, SnrLow = 12, SnrHigh = 12 };
        for (int seed = 0; seed < 10; seed++)
            Assert.That(Ratio(tone, Apply(settings, tone, seed).Samples), Is.EqualTo(12).Within(0.01));
    }

    [Test]
    public void AddNoise_Babble_IsAMixtureOfOtherUtterances()
    {
        float[] tone = Tone(300);
        var settings = new AugmentationSettings { Babble = 1, SnrLow = 6, SnrHigh = 6 };
        float[] augmented = Apply(settings, tone, 3).Samples;
        Assert.That(Ratio(tone, augmented), Is.EqualTo(6).Within(0.01));
        float[] silence = new WaveformAugmentation(settings, Rate).AddNoise(tone, () => new float[100], Seeds.Random(3, "sound"));
        Assert.That(silence, Is.EqualTo(tone), "silent utterances add nothing");
    }

    [Test]
    public void AddNoise_Reverberation_AddsATailAfterAClick()
    {
        float[] click = new float[Rate];
        click[1000] = 1;
        float[] reverberant = Apply(new AugmentationSettings { Reverberation = 1 }, click, 5).Samples;
        Assert.That(reverberant[..1000], Is.All.Zero);
        Assert.That(reverberant[1000], Is.EqualTo(1));
        double early = Energy(reverberant[1001..1800]), late = Energy(reverberant[1801..2600]),
            end = Energy(reverberant[(1000 + (Rate / 2) + 20)..]);
        Assert.That(early, Is.GreaterThan(late).And.LessThan(Math.Pow(10, -3 / 10.0) + 0.01));
        Assert.That(end, Is.Zero, "the longest reverberation is half a second");
    }

    [Test]
    public void Apply_NothingEnabled_GivesTheInput()
    {
        float[] tone = Tone(200);
        (float[] samples, double factor) = Apply(new AugmentationSettings(), tone, 1);
        Assert.That(samples, Is.EqualTo(tone));
        Assert.That(factor, Is.EqualTo(1));
    }

    private static (float[] Samples, double Factor) Apply(AugmentationSettings settings, float[] samples, int seed)
    {
        var augmentation = new WaveformAugmentation(settings, Rate);
        SeededRandom random = Seeds.Random(seed, "sound");
        (float[] perturbed, double factor) = augmentation.PerturbSpeed(samples, random);
        return (augmentation.AddNoise(perturbed, () => Tone(777), random), factor);
    }

    private static double Ratio(float[] clean, float[] mixed) =>
        10 * Math.Log10(Energy(clean) / Energy([.. mixed.Select((sample, i) => sample - clean[i])]));

    private static double Energy(float[] samples) => samples.Sum(sample => (double)sample * sample);

    private static float[] Tone(double hertz) => TestSignals.Sine(Rate, hertz, Rate, amplitude: 0.3);
}
