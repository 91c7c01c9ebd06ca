using SpeechEmotion.Audio;

namespace SpeechEmotion.Fuzz.Targets;

/// <summary>Bytes as a sound file, as what ffmpeg sends, and as the WAVE stream of <c>live --stdin</c>.</summary>
internal static class AudioTarget
{
    public static void Run(byte[] input)
    {
        Allowance.Within<InvalidDataException>(input.Length, () => AsFile(input));
        Allowance.Within<InvalidDataException>(input.Length, () => AsPipe(input));
        Allowance.Within<InvalidDataException>(input.Length, () => AsStandardInput(input));
    }

    // What is neither WAVE nor AIFF would go to ffmpeg, which is not this program's to test.
    private static void AsFile(byte[] input)
    {
        using var stream = new MemoryStream(input, writable: false);
        if (AudioReader.TryOpen(stream, new FileNotes(Allowance.Name, Check), out _) is not { } decoder)
            return;
        ReadOnlyMemory<float> block = decoder.Next();
        do
            Check(block.Span, decoder.SampleRate);
        while ((block = decoder.Next()).Length > 0);
    }

    private static void AsPipe(byte[] input)
    {
        using AudioReader reader = AudioReader.OpenDecoded(
            new ForwardView(new MemoryStream(input, writable: false)), new FileNotes(Allowance.Name, Check));
        Waveform waveform = reader.ReadToEnd(CancellationToken.None);
        Check(waveform.Samples, waveform.SampleRate);
    }

    private static void AsStandardInput(byte[] input)
    {
        using var stream = new MemoryStream(input, writable: false);
        using PcmSource source = PcmSource.WavAsync(stream, new FileNotes(Allowance.Name, Check), default).GetAwaiter().GetResult();
        float[] buffer = new float[251];
        for (int got; (got = source.ReadAsync(buffer, CancellationToken.None).AsTask().GetAwaiter().GetResult()) > 0;)
            Check(buffer.AsSpan(0, got), source.SampleRate);
    }

    private static void Check(string warning)
    {
        if (!warning.StartsWith(Allowance.Name, StringComparison.Ordinal) || warning.Contains('\n'))
            throw new InvalidOperationException($"a warning without its file: {warning}");
    }

    private static void Check(ReadOnlySpan<float> samples, int rate)
    {
        if (samples.Length == 0 || rate is < SampleFormat.MinRate or > SampleFormat.MaxRate)
            throw new InvalidOperationException($"{samples.Length} samples at {rate} Hz were let in");
        foreach (float sample in samples)
            if (!float.IsFinite(sample))
                throw new InvalidOperationException($"{sample} was let in");
    }
}
