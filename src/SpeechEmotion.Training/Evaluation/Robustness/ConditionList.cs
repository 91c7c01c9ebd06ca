using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>The conditions of the robustness test, in the order of its tables. <c>docs/robustness.md</c> defines them.</summary>
internal static class ConditionList
{
    private const int LowPassCorner = 7000, LowPassOrder = 8;

    /// <summary>The conditions for models of a sample rate.</summary>
    /// <param name="sampleRate">Sample rate of the model in Hz.</param>
    /// <param name="babble">Babble of the test.</param>
    /// <param name="cancellation">Stops the trial of the codecs.</param>
    public static IReadOnlyList<Condition> Create(int sampleRate, Babble babble, CancellationToken cancellation) =>
    [
        .. new[] { -20, -6, 6, 20 }.Select(db => Condition.Each($"gain {db:+0;-0} dB", clean => Level.Gain(clean.Samples, db))),
        .. new[] { 0.5, 2, 10 }.Select(percent => Condition.Each(FormattableString.Invariant($"DC {percent} %"),
            clean => Array.ConvertAll(clean.Samples, sample => (float)(sample + (percent / 100))))),
        Condition.Each("peak -1 dBFS", clean => Level.NormalisePeak(clean.Samples, -1)),
        Condition.Each("loudness -16 LUFS", clean => Loudness.Normalise(clean.Samples, sampleRate, -16)),
        .. Bands(sampleRate),
        .. Codecs(sampleRate, cancellation),
        .. Noises(babble),
        .. Rooms(sampleRate),
        .. Edges(),
    ];

    private static IEnumerable<Condition> Bands(int sampleRate)
    {
        string? narrow = sampleRate <= 2 * LowPassCorner ? $"the model's sample rate is {sampleRate} Hz" : null;
        Biquad[] lowPass = narrow is null ? Biquad.LowPass(LowPassOrder, LowPassCorner, sampleRate) : [];
        yield return Condition.Each("low-pass 7 kHz", clean => Biquad.Filter(clean.Samples, lowPass)).Unless(narrow);
        yield return Condition.Each("8 kHz source", clean => TelephoneBand.Resample(clean.Samples, sampleRate))
            .Unless(sampleRate <= TelephoneBand.Rate ? $"the model's sample rate is {sampleRate} Hz" : null);
        yield return Condition.Each("telephone band", clean => TelephoneBand.Transmit(clean.Samples, sampleRate));
    }

    private static IEnumerable<Condition> Codecs(int sampleRate, CancellationToken cancellation)
    {
        string? ffmpeg = FfmpegInstall.Find();
        (string Name, LossyCodec Codec)[] codecs =
        [
            ("MP3 32 kbit/s", new("mp3", "libmp3lame", "32k", ffmpeg)),
            ("MP3 24 kbit/s", new("mp3", "libmp3lame", "24k", ffmpeg)),
            ("Opus 16 kbit/s", new("opus", "libopus", "16k", ffmpeg)),
        ];
        foreach ((string name, LossyCodec codec) in codecs)
            yield return Condition
                .Batch(name, (clean, stop) => codec.Transmit([.. clean.Select(each => each.Samples)], sampleRate, stop))
                .Unless(codec.FindFault(sampleRate, cancellation));
    }

    private static IEnumerable<Condition> Noises(Babble babble)
    {
        foreach (int snr in new[] { 20, 10 })
            yield return Condition.Each($"white noise {snr} dB", clean => clean.AddNoise(WhiteNoise(clean), snr));
        foreach (int snr in new[] { 20, 10 })
            yield return Condition.Each($"babble {snr} dB", clean => clean.AddNoise(babble.Make(clean), snr))
                .Unless(babble.IsPossible ? null : "needs test utterances of at least two speakers");
    }

    private static float[] WhiteNoise(CleanUtterance clean)
    {
        SeededRandom random = clean.Random("noise");
        float[] noise = new float[clean.Samples.Length];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (float)random.Normal();
        return noise;
    }

    private static IEnumerable<Condition> Rooms(int sampleRate)
    {
        RoomResponse small = RoomResponse.Small(sampleRate), large = RoomResponse.Large(sampleRate);
        yield return Condition.Each("small room", clean => small.Reverberate(clean.Samples));
        yield return Condition.Each("large room", clean => large.Reverberate(clean.Samples));
    }

    /// <summary>Samples cropped or zeros added.</summary>
    private static IEnumerable<Condition> Edges()
    {
        foreach (int count in new[] { 100, 1000 })
        {
            yield return Condition.Each($"crop start {count}", clean => Crop(clean.Samples, count..));
            yield return Condition.Each($"crop end {count}", clean => Crop(clean.Samples, ..^count));
            yield return Condition.Each($"pad start {count}", clean => [.. new float[count], .. clean.Samples]);
            yield return Condition.Each($"pad end {count}", clean => [.. clean.Samples, .. new float[count]]);
        }
    }

    /// <summary>A part of the samples; all of them if the part would be empty.</summary>
    private static float[] Crop(float[] samples, Range part) =>
        samples.Length > Math.Max(part.Start.Value, part.End.Value) ? samples[part] : samples;
}
