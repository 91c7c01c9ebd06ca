namespace SpeechEmotion.Audio;

/// <summary>
/// <see cref="Resampler"/> for audio in chunks. The output equals that of the complete audio resampled at once, bit for bit, whatever
/// the sizes of the chunks. It is delayed by half the length of the filter; <see cref="Finish"/> makes the rest available.
/// </summary>
internal sealed class StreamResampler
{
    private readonly Resampler resampler;
    private readonly int reach;      // input samples on each side on which an output sample can depend
    private float[] input = new float[4096];
    private int kept;                // number of samples in input
    private long start;              // number of the first sample in input
    private long returned;           // number of output samples returned so far

    /// <param name="from">Sample rate of the input in Hz.</param>
    /// <param name="to">Sample rate of the output in Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside the limits of <see cref="Resampler"/>.</exception>
    public StreamResampler(int from, int to)
    {
        resampler = new Resampler(from, to);
        reach = resampler.Reach;
    }

    /// <summary>Number of input samples so far.</summary>
    public long Received => start + kept;

    /// <summary>Number of the first input sample on which an output sample can depend.</summary>
    public long FirstInputOf(long output) => Math.Max(0, (output * resampler.From / resampler.To) - reach);

    /// <summary>
    /// Makes output sample <paramref name="output"/> the next one. The next input sample is <see cref="FirstInputOf"/> it.
    /// </summary>
    public void Restart(long output) => (start, kept, returned) = (FirstInputOf(output), 0, output);

    /// <summary>Adds input samples and returns the number of output samples that are ready.</summary>
    public int Push(ReadOnlySpan<float> samples)
    {
        if (kept + samples.Length > input.Length)
            Array.Resize(ref input, Math.Max(kept + samples.Length, 2 * input.Length));
        samples.CopyTo(input.AsSpan(kept));
        kept += samples.Length;
        // Output sample n is at or after input sample ⌊n · from / to⌋ and depends on fewer than `reach` samples after it.
        return Ready(Received - reach);
    }

    /// <summary>Ends the stream and returns the number of output samples that remain.</summary>
    public int Finish() => Ready(Received);

    /// <summary>Returns the next output samples. The buffer must not be longer than the number that is ready.</summary>
    public void Read(Span<float> output)
    {
        resampler.Fill(input.AsSpan(0, kept), start, returned, output);
        returned += output.Length;
        int free = (int)Math.Clamp(FirstInputOf(returned) - start, 0, kept);
        input.AsSpan(free, kept - free).CopyTo(input);
        kept -= free;
        start += free;
    }

    /// <summary>Number of output samples before an input sample that have not been returned yet.</summary>
    private int Ready(long before) =>
        (int)Math.Max(0, (((Math.Max(0, before) * resampler.To) + resampler.From - 1) / resampler.From) - returned);
}
