using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class LossyCodecTests
{
    [TestCase("mp3", "libmp3lame", "32k", 0.9)]
    [TestCase("mp3", "libmp3lame", "24k", 0.9)]
    [TestCase("opus", "libopus", "16k", 0.8)]
    public void Transmit_Speech_KeepsLengthOrderAndTime(string extension, string encoder, string bitRate, double correlation)
    {
        var codec = new LossyCodec(extension, encoder, bitRate, RequireFfmpeg());
        float[][] speech = [.. Enumerable.Range(0, 3).Select(i => TestSignals.Speech(7 * i))];
        float[][] heard = codec.Transmit(speech, 16000, default);
        for (int i = 0; i < speech.Length; i++)
        {
            Assert.That(heard[i], Has.Length.EqualTo(speech[i].Length));
            Assert.That(heard[i], Is.Not.EqualTo(speech[i]));
            int best = Enumerable.Range(-40, 81).MaxBy(lag => Correlation(speech[i], heard[i], lag));
            Assert.That(Math.Abs(best), Is.LessThanOrEqualTo(1), "the delay of the encoder is compensated");
            Assert.That(Correlation(speech[i], heard[i], best), Is.GreaterThan(correlation));
        }
    }

    [Test]
    public void Transmit_Cancelled_StopsAndLeavesNoFile()
    {
        var codec = new LossyCodec("mp3", "libmp3lame", "32k", RequireFfmpeg());
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.That(() => codec.Transmit([TestSignals.Speech(1)], 16000, stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void FindFault_InstalledCodec_IsNull()
    {
        Assert.That(new LossyCodec("opus", "libopus", "16k", RequireFfmpeg()).FindFault(16000, default), Is.Null);
    }

    [Test]
    public void FindFault_WithoutFfmpeg_SaysHowToInstallIt()
    {
        Assert.That(new LossyCodec("opus", "libopus", "16k", null).FindFault(16000, default),
            Does.StartWith("needs ffmpeg, which is not on the PATH: ").And.Contain("install"));
    }

    [Test]
    public void FindFault_EncoderThatFfmpegLacks_HasItsMessage()
    {
        Assert.That(new LossyCodec("opus", "libnothing", "16k", RequireFfmpeg()).FindFault(16000, default),
            Does.StartWith("ffmpeg: ").And.Contain("libnothing"));
    }

    [Test]
    public void FindFault_ProgramThatDoesNotStart_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["ffmpeg"], "");
        Assert.That(new LossyCodec("mp3", "libmp3lame", "32k", folder["ffmpeg"]).FindFault(16000, default), Does.Contain("ffmpeg"));
    }

    private static string RequireFfmpeg()
    {
        string? ffmpeg = FfmpegInstall.Find();
        if (ffmpeg is null)
            Assert.Ignore("skipped: ffmpeg is not on this machine's PATH");
        return ffmpeg!;
    }

    private static double Correlation(float[] a, float[] b, int lag)
    {
        double product = 0;
        for (int i = Math.Max(0, -lag); i < Math.Min(a.Length, b.Length - lag); i++)
            product += (double)a[i] * b[i + lag];
        return product / Math.Sqrt(Level.Power(a) * Level.Power(b));
    }
}
