using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class RoomResponseTests
{
    [Test]
    public void Small_DecaysWithin300Milliseconds() => Check(RoomResponse.Small(16000), 0.3);

    [Test]
    public void Large_DecaysWithinASecond() => Check(RoomResponse.Large(16000), 1.0);

    [Test]
    public void Reverberate_Speech_KeepsLengthAndLevel()
    {
        float[] speech = TestSignals.Speech(2);
        float[] heard = RoomResponse.Small(16000).Reverberate(speech);
        Assert.That(heard, Has.Length.EqualTo(speech.Length));
        Assert.That(Level.Rms(heard), Is.EqualTo(Level.Rms(speech)).Within(1e-6));
        Assert.That(RoomResponse.Small(16000).Reverberate(new float[100]), Is.All.Zero);
    }

    [Test]
    public void Images_OneWallPair_AreWhereTheyShouldBe()
    {
        // Walls 3 m apart, those of the other axes out of reach; mouth at 1 m, microphone at 2 m: the first images are 3 m away, by one
        // reflection each, later by 2 m than the direct sound of 1 m: 2 / 343 · 16,000 = 93 samples.
        var room = new RoomResponse([3, 100, 100], [1, 50, 50], [2, 50, 50], 0.19, 0.01, 16000);
        Assert.That(room.Samples[0], Is.EqualTo(1));
        Assert.That(room.Samples[93], Is.EqualTo(2 * -0.9 / 3).Within(1e-9));
        Assert.That(room.Samples.Count(sample => sample != 0), Is.EqualTo(2));
    }

    private static void Check(RoomResponse room, double seconds)
    {
        Assert.That(room.Samples[0], Is.EqualTo(1));
        Assert.That(ReverberationSeconds(room.Samples, 16000), Is.EqualTo(seconds).Within(0.05 * seconds));
    }

    /// <summary>T30 of ISO 3382: the slope of the backward integrated energy (Schroeder 1965) from −5 to −35 dB.</summary>
    private static double ReverberationSeconds(double[] response, int rate)
    {
        double[] left = [.. response];
        double energy = 0;
        for (int i = left.Length - 1; i >= 0; i--)
            left[i] = energy += response[i] * response[i];
        (double X, double Y)[] points = [.. left.Index()
            .Select(each => ((double)each.Index / rate, 10 * Math.Log10(each.Item / left[0])))
            .Where(point => point.Item2 is <= -5 and >= -35)];
        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        return -60 / (points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x)));
    }
}
