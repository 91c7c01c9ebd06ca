namespace SpeechEmotion.Audio;

/// <summary>
/// <see cref="Resampler"/> for sound that arrives piece by piece: what comes out equals the whole resampled at once, to the
/// last bit, however it is cut. It lags by half the filter's length; <see cref="Finish"/> brings the rest.
/// </summary>
internal sealed class StreamResampler
{
    private readonly Resampler resampler;
    private readonly int reach;      // input samples on each side that an output sample may need
    private float[] input = new float[4096];
    private int kept;                // samples in input
    private long start;              // number of the first of them
    private long given;              // output samples given so far

    /// <param name="from">Rate of the input in Hz.</param>
    /// <param name="to">Rate of the output in Hz.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside <see cref="Resampler"/>'s limits.</exception>
    public StreamResampler(int from, int to)
    {
        resampler = new Resampler(from, to);
        reach = resampler.Reach;
    }

    /// <summary>Input samples so far.</summary>
    public long Received => start + kept;

    /// <summary>Takes input in and returns how many output samples are ready.</summary>
    public int Push(ReadOnlySpan<float> samples)
    {
        if (kept + samples.Length > input.Length)
            Array.Resize(ref input, Math.Max(kept + samples.Length, 2 * input.Length));
        samples.CopyTo(input.AsSpan(kept));
        kept += samples.Length;
        // Output sample n lies at or after input sample floor(n · from / to) and needs less than `reach` beyond it.
        return Ready(Received - reach);
    }

    /// <summary>The stream is over: how many output samples are left.</summary>
    public int Finish() => Ready(Received);

    /// <summary>Gives the next output samples, no more than are ready.</summary>
    public void Read(Span<float> output)
    {
        resampler.Fill(input.AsSpan(0, kept), start, given, output);
        given += output.Length;
        long needed = (given * resampler.From / resampler.To) - reach;
        int free = (int)Math.Clamp(needed - start, 0, kept);
        input.AsSpan(free, kept - free).CopyTo(input);
        kept -= free;
        start += free;
    }

    /// <summary>How many output samples lie before an input sample and were not given yet.</summary>
    private int Ready(long before) =>
        (int)Math.Max(0, (((Math.Max(0, before) * resampler.To) + resampler.From - 1) / resampler.From) - given);
}
