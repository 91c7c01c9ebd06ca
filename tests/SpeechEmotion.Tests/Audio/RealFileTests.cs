using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Corpora;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Audio;

internal sealed class RealFileTests
{
    [TestCase("aiff-c-named.wav", 24414, 53847)]
    [TestCase("mono-96k.wav", 96000, 145172)]
    [TestCase("stereo-48k.wav", 48000, 156956)]
    public void Read_PublishersQuirks_ReadWithoutAWarning(string name, int rate, int samples)
    {
        string path = SharedData.Require("audio-quirks/" + name);
        List<string> warnings = [];

        Waveform waveform = AudioFile.Read(path, new WarningLog(warnings.Add));

        Assert.That(waveform.SampleRate, Is.EqualTo(rate));
        Assert.That(waveform.Samples, Has.Length.EqualTo(samples));
        Assert.That(warnings, Is.Empty);
        Assert.That(waveform.Samples.Max(MathF.Abs), Is.InRange(0.01f, 1f)); // speech, not noise from a wrong byte order
        Assert.That(Roughness(waveform), Is.LessThan(0.5));
    }

    [Test]
    [Category(SharedData.Corpus)]
    public void Read_Tess_HasItsRates() =>
        Assert.That(Rates("tess"), Is.EqualTo(new Dictionary<int, int> { [24414] = 2799, [96000] = 1 }));

    [Test]
    [Category(SharedData.Corpus)]
    public void Read_Ravdess_HasOneRate() => Assert.That(Rates("ravdess").Count, Is.EqualTo(1));

    /// <summary>Number of files by rate; every file is read, none with a warning.</summary>
    private static Dictionary<int, int> Rates(string corpus)
    {
        List<string> warnings = [];
        Dictionary<int, int> rates = [];
        foreach (string file in Directory.EnumerateFiles(SharedData.RequireCorpus(corpus), "*.wav", SearchOption.AllDirectories))
        {
            Waveform waveform = AudioFile.Read(file, new WarningLog(warnings.Add));
            rates[waveform.SampleRate] = rates.GetValueOrDefault(waveform.SampleRate) + 1;
        }
        Assert.That(warnings, Is.Empty);
        return rates;
    }

    /// <summary>Power of the differences between neighbours against the power: 2 for white noise, little for speech.</summary>
    private static double Roughness(Waveform waveform)
    {
        double differences = 0, power = 0;
        for (int i = 1; i < waveform.Samples.Length; i++)
        {
            double difference = waveform.Samples[i] - waveform.Samples[i - 1];
            differences += difference * difference;
            power += (double)waveform.Samples[i] * waveform.Samples[i];
        }
        return differences / power;
    }
}
