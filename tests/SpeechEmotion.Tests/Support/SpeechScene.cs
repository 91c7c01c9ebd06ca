using SpeechEmotion.Settings;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Tests.Support;

/// <summary>The noise around the speech of a scene.</summary>
internal enum SceneNoise
{
    White,
    Pink,
    Hum,
    Clicks,
    Babble,
}

/// <summary>
/// Speech at known positions in noise; about half of the scene is speech. Each clip has the same power, to which the noise is so many
/// decibels lower. Truth: from the first to the last frame (30 ms, every 10) of a clip within 30 dB of its loudest one, pauses of
/// at least 0.2 s left out.
/// </summary>
internal sealed record SpeechScene(float[] Samples, IReadOnlyList<(int Start, int End)> Speech)
{
    private const double Loudness = 0.05; // root mean square of a clip
    private const double Collar = 0.1;    // s at a boundary in which nothing is counted
    private const double Pause = 0.2;     // s

    /// <param name="clips">Speech at 16 kHz.</param>
    /// <param name="noise">Noise that is added.</param>
    /// <param name="snr">Decibels from speech to noise.</param>
    /// <param name="seed">Of the pauses between clips and the noise.</param>
    public static SpeechScene Make(IReadOnlyList<float[]> clips, SceneNoise noise, double snr, int seed)
    {
        SeededRandom random = Seeds.Random(seed, "scene");
        List<float> samples = [.. TestSignals.Silence(2)];
        var speech = new List<(int, int)>();
        foreach (float[] clip in clips)
        {
            (int Start, int End)[] parts = [.. Parts(clip)];
            float[] cut = clip[parts[0].Start..parts[^1].End];
            speech.AddRange(parts.Select(part => (samples.Count + part.Start - parts[0].Start, samples.Count + part.End - parts[0].Start)));
            samples.AddRange(Scaled(cut, Loudness));
            samples.AddRange(new float[(int)(cut.Length * (0.4 + (1.2 * random.NextDouble())))]);
        }
        float[] scaled = Scaled(Make(noise, samples.Count, clips, seed, random), Loudness * Math.Pow(10, -snr / 20));
        return new SpeechScene(TestSignals.Mix([.. samples], scaled), speech);
    }

    /// <summary>Whether each decision of a length is speech; null where that is not counted.</summary>
    public bool?[] Truth(int decision)
    {
        int collar = (int)(Collar * TestSignals.Rate);
        bool?[] truth = new bool?[Samples.Length / decision];
        truth.AsSpan().Fill(false);
        foreach ((int start, int end) in Speech)
            for (int i = (start + decision - 1) / decision; (i + 1) * decision <= end && i < truth.Length; i++)
                truth[i] = true;
        foreach (int boundary in Speech.SelectMany(part => new[] { part.Start, part.End }))
            for (int i = Math.Max(0, (boundary - collar) / decision); i * decision < boundary + collar && i < truth.Length; i++)
                truth[i] = null;
        return truth;
    }

    /// <summary>Decisions of the detector, before hangover and pre-roll, against the truth.</summary>
    public DetectionScore Score(LiveSettings settings)
    {
        var detector = new SpeechDetector(settings, TestSignals.Rate);
        bool?[] truth = Truth(detector.FrameLength);
        int found = 0, alarms = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            bool isSpeech = detector.Next(Samples.AsSpan(i * detector.FrameLength, detector.FrameLength)).IsSpeech;
            found += isSpeech && truth[i] == true ? 1 : 0;
            alarms += isSpeech && truth[i] == false ? 1 : 0;
        }
        return new DetectionScore(found / (double)truth.Count(known => known == true),
            alarms / (double)truth.Count(known => known == false));
    }

    private static IEnumerable<(int Start, int End)> Parts(float[] clip)
    {
        const int hop = 160, frame = 480;
        double[] powers = [.. Enumerable.Range(0, (clip.Length - frame) / hop).Select(i => Power(clip.AsSpan(i * hop, frame)))];
        double min = powers.Max() * 1e-3;
        int start = -1, end = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            if (powers[i] < min)
                continue;
            if (start >= 0 && i * hop - end >= Pause * TestSignals.Rate)
            {
                yield return (start, end);
                start = -1;
            }
            if (start < 0)
                start = i * hop;
            end = (i * hop) + frame;
        }
        yield return (start, end);
    }

    private static float[] Make(SceneNoise noise, int length, IReadOnlyList<float[]> clips, int seed, SeededRandom random)
    {
        double seconds = (length + 1) / (double)TestSignals.Rate;
        switch (noise)
        {
            case SceneNoise.White:
                return TestSignals.WhiteNoise(seconds, 1, seed)[..length];
            case SceneNoise.Pink:
                return TestSignals.PinkNoise(seconds, 1, seed)[..length];
            case SceneNoise.Hum:
                return TestSignals.Hum(seconds, 1)[..length];
            case SceneNoise.Clicks:
                return Clicks(length, random);
            default:
                float[] babble = new float[length];
                for (int speaker = 0; speaker < 8; speaker++)
                    for (int at = random.Next(TestSignals.Rate); at < length;)
                    {
                        float[] clip = Scaled(clips[random.Next(clips.Count)], 1);
                        for (int i = 0; i < clip.Length && at < length; i++, at++)
                            babble[at] += clip[i];
                    }
                return babble;
        }
    }

    /// <summary>Bursts of 5 ms, two to twenty a second, each of random level.</summary>
    private static float[] Clicks(int length, SeededRandom random)
    {
        float[] clicks = new float[length];
        for (double at = 0; at < length - 80; at += TestSignals.Rate * (0.05 + (0.5 * random.NextDouble())))
        {
            double amplitude = 0.3 + random.NextDouble();
            for (int i = 0; i < 80; i++)
                clicks[(int)at + i] += (float)(amplitude * Math.Exp(-i / 15.0) * ((2 * random.NextDouble()) - 1));
        }
        return clicks;
    }

    private static float[] Scaled(float[] samples, double rms)
    {
        float gain = (float)(rms / Math.Sqrt(Power(samples)));
        return Array.ConvertAll(samples, x => gain * x);
    }

    private static double Power(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float x in samples)
            sum += x * x;
        return sum / samples.Length;
    }
}

/// <summary>Shares of the speech that was detected, and of the rest that was taken for speech.</summary>
internal readonly record struct DetectionScore(double Found, double FalseAlarms)
{
    public override string ToString() => $"{100 * Found,5:0.0} / {100 * FalseAlarms,4:0.0}";
}
