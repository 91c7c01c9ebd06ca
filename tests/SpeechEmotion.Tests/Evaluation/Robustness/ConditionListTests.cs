using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class ConditionListTests
{
    private static readonly CleanUtterance[] Clean = [.. Enumerable.Range(0, 4)
        .Select(i => new CleanUtterance(new Utterance($"{i}.wav", "anger", $"s{i}", ""), Quantised(TestSignals.Speech(5 * i)), 16000, 1))];

    private static readonly IReadOnlyList<Condition> Conditions = List(16000);

    [Test]
    public void Create_Names_AreUniqueAndDocumented()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot()!, "docs/robustness.md"));
        Assert.That(Conditions.Select(condition => condition.Name), Is.Unique);
        foreach (Condition condition in Conditions)
            Assert.That(page, Does.Contain($"| {condition.Name} |"));
    }

    [TestCase("gain -20 dB", -20)]
    [TestCase("gain -6 dB", -6)]
    [TestCase("gain +6 dB", 6)]
    public void Gain_Speech_HasTheLevel(string name, double db)
    {
        float[] heard = Apply(name);
        Assert.That(20 * Math.Log10(Level.Rms(heard) / Level.Rms(Clean[0].Samples)), Is.EqualTo(db).Within(0.02));
    }

    [Test]
    public void Gain_BeyondFullScale_ClipsAsAFileOf16BitsDoes()
    {
        float[] heard = Apply("gain +20 dB");
        Assert.That(heard.Max(), Is.EqualTo(32767f / 32768));
        Assert.That(heard.Min(), Is.EqualTo(-1f));
        for (int i = 0; i < heard.Length; i++)
            if (Math.Abs(Clean[0].Samples[i]) < 0.09)
                Assert.That(heard[i], Is.EqualTo(10 * Clean[0].Samples[i]).Within(2e-5));
    }

    [TestCase("DC 0.5 %", 0.005)]
    [TestCase("DC 2 %", 0.02)]
    [TestCase("DC 10 %", 0.1)]
    public void Dc_Speech_HasTheOffset(string name, double offset)
    {
        Assert.That(Apply(name).Zip(Clean[0].Samples, (heard, was) => (double)heard - was), Is.All.EqualTo(offset).Within(2e-5));
    }

    [Test]
    public void Peak_Speech_IsOneDbBelowFullScale() =>
        Assert.That(20 * Math.Log10(Apply("peak -1 dBFS").Max(Math.Abs)), Is.EqualTo(-1).Within(0.001));

    [Test]
    public void Loudness_SpeechWithoutClipping_IsThatOfTheName()
    {
        var tone = new CleanUtterance(new Utterance("tone.wav", "anger", "t", ""), TestSignals.Sine(16000, 997, 16000, 0.01), 16000, 1);
        float[] heard = Find("loudness -16 LUFS").Apply([tone], default)[0];
        Assert.That(Loudness.Measure(heard, 16000), Is.EqualTo(-16).Within(0.01));
    }

    [TestCase("white noise 20 dB", 20)]
    [TestCase("white noise 10 dB", 10)]
    [TestCase("babble 20 dB", 20)]
    [TestCase("babble 10 dB", 10)]
    public void Noise_Speech_HasTheSnr(string name, double snr)
    {
        IReadOnlyList<float[]> heard = Find(name).Apply(Clean, default);
        for (int i = 0; i < Clean.Length; i++)
        {
            float[] noise = [.. heard[i].Zip(Clean[i].Samples, (with, was) => with - was)];
            Assert.That(Clean[i].ActiveLevel - (20 * Math.Log10(Level.Rms(noise))), Is.EqualTo(snr).Within(0.1));
        }
    }

    [Test]
    public void WhiteNoise_BothSnrs_AreTheSameNoise()
    {
        float[] loud = Difference("white noise 10 dB"), soft = Difference("white noise 20 dB");
        Assert.That(loud.Select(sample => sample / MathF.Sqrt(10)), Is.EqualTo(soft).Within(5e-5f));
    }

    [TestCase("crop start", 100)]
    [TestCase("crop start", 1000)]
    [TestCase("crop end", 100)]
    [TestCase("crop end", 1000)]
    [TestCase("pad start", 100)]
    [TestCase("pad start", 1000)]
    [TestCase("pad end", 100)]
    [TestCase("pad end", 1000)]
    public void Edges_Speech_AreMovedByTheNumberOfSamples(string name, int count)
    {
        float[] was = Clean[0].Samples, zeros = new float[count];
        float[] expected = name switch
        {
            "crop start" => was[count..],
            "crop end" => was[..^count],
            "pad start" => [.. zeros, .. was],
            _ => [.. was, .. zeros],
        };
        Assert.That(Apply($"{name} {count}"), Is.EqualTo(expected));
    }

    [Test]
    public void LowPass_Noise_HasNothingAbove7Kilohertz()
    {
        var tone = new CleanUtterance(new Utterance("t.wav", "anger", "t", ""), TestSignals.Sine(16000, 7500), 16000, 1);
        Assert.That(Level.Rms(Find("low-pass 7 kHz").Apply([tone], default)[0].AsSpan(4000)), Is.EqualTo(0.3536 * 0.00361).Within(1e-4));
    }

    [Test]
    public void Apply_EveryCondition_IsRepeatableAndChangesNoInput()
    {
        float[][] before = [.. Clean.Select(each => (float[])each.Samples.Clone())];
        IReadOnlyList<Condition> again = List(16000);
        for (int i = 0; i < Conditions.Count; i++)
            if (Conditions[i].Skipped is null)
            {
                IReadOnlyList<float[]> first = Conditions[i].Apply(Clean, default);
                Assert.That(first[1], Is.Not.EqualTo(Clean[1].Samples), Conditions[i].Name);
                // Alone and in another order.
                Assert.That(again[i].Apply([Clean[2], Clean[1]], default)[1], Is.EqualTo(first[1]), Conditions[i].Name);
            }
        Assert.That(Clean.Select(each => each.Samples), Is.EqualTo(before));
    }

    [TestCase(1)]
    [TestCase(100)]
    [TestCase(1001)]
    public void Apply_ShortOrSilent_GivesFiniteSamples(int length)
    {
        CleanUtterance[] odd = [.. new[] { new float[length], TestSignals.Noise(length), TestSignals.Constant(length, 1) }
            .Select((samples, i) => new CleanUtterance(new Utterance($"odd{i}.wav", "anger", "o", ""), samples, 16000, 1))];
        foreach (Condition condition in Conditions.Where(each => each.Skipped is null))
            foreach (float[] heard in condition.Apply(odd, default))
            {
                Assert.That(heard, Is.Not.Empty, condition.Name);
                Assert.That(heard.All(sample => float.IsFinite(sample) && Math.Abs(sample) <= 1), condition.Name);
            }
    }

    [Test]
    public void Create_ModelOf8Kilohertz_SkipsWhatItCannotHear()
    {
        IReadOnlyList<Condition> conditions = List(8000);
        foreach (string name in new[] { "low-pass 7 kHz", "8 kHz source" })
            Assert.That(conditions.Single(each => each.Name == name).Skipped, Is.EqualTo("the model's sample rate is 8000 Hz"));
        Assert.That(conditions.Single(each => each.Name == "telephone band").Skipped, Is.Null);
        Assert.That(conditions.Select(each => each.Name), Is.EqualTo(Conditions.Select(each => each.Name)), "none is missing");
    }

    [Test]
    public void Create_OneSpeaker_SkipsBabble()
    {
        Utterance[] one = [new Utterance("a.wav", "anger", "s", ""), new Utterance("b.wav", "anger", "s", "")];
        IReadOnlyList<Condition> conditions = ConditionList.Create(16000, Babble.Draw(one, _ => TestSignals.Speech(1), 16000, 1), default);
        Assert.That(conditions.Where(each => each.Name.StartsWith("babble")).Select(each => each.Skipped),
            Is.EqualTo(Enumerable.Repeat("needs test utterances of at least two speakers", 2)));
    }

    private static IReadOnlyList<Condition> List(int rate) => ConditionList.Create(rate, Babble.Draw(
        [.. Enumerable.Range(0, 4).Select(i => new Utterance($"{i}.wav", "anger", $"s{i}", ""))],
        i => Resampler.Resample(new Waveform(Clean[i].Samples, 16000), rate).Samples, rate, 1), default);

    private static Condition Find(string name) => Conditions.Single(condition => condition.Name == name);

    private static float[] Apply(string name) => Find(name).Apply(Clean, default)[0];

    private static float[] Difference(string name) => [.. Apply(name).Zip(Clean[0].Samples, (heard, was) => heard - was)];

    private static float[] Quantised(float[] samples) => Pcm16Rounding.Round(samples);
}
