using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// <see cref="FeatureExtractor"/> for samples in chunks of any size: the frames equal those of the complete clip bit for bit, whatever
/// the sizes of the chunks. A frame is returned with the last sample on which it depends (half the longest FFT after its centre). With
/// derivatives over time it is returned four frames later, and not before the ninth frame. Memory does not grow with the length of the
/// stream. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// StreamExtractor stream = new FeatureExtractor(settings.ForStream()).NewStream();
/// while (microphone.Read(buffer) is > 0 and var count)
///     Use(stream.Push(buffer.AsSpan(0, count))); // [features, frames], often 0 frames
/// Use(stream.Finish());
/// </code>
/// </example>
public sealed class StreamExtractor
{
    /// <summary>Most frames computed at once.</summary>
    private const int MaxFrames = 64;

    private const int HalfFit = Derivatives.Width / 2;

    private readonly FeatureExtractor extractor;
    private readonly int hop;
    private readonly int reach;
    private readonly (int From, int To, int Order)[] derivatives;
    private readonly FeatureWorkspace workspace;
    private readonly SampleHistory history = new();
    private readonly float[] block;
    private readonly float[] fitted = new float[MaxFrames + 2 * Derivatives.Width];
    private readonly FrameHistory computed;
    private readonly FeatureMatrix empty;
    private readonly HighPassFilter? highPass;
    private bool finished;

    internal StreamExtractor(FeatureExtractor extractor)
    {
        FeatureSettings settings = extractor.Settings;
        string[] faults = [.. WholeClip(settings)];
        if (faults.Length > 0)
            throw new ArgumentException(
                $"{string.Join(", ", faults)}: needs the whole clip, which a stream has not; FeatureSettings.ForStream() leaves it out");
        this.extractor = extractor;
        highPass = settings.HighPassHz > 0 ? new HighPassFilter(settings.HighPassHz, settings.SampleRate) : null;
        (hop, reach) = (settings.HopLength, extractor.Reach);
        derivatives = [.. extractor.Derivatives];
        workspace = extractor.NewWorkspace();
        block = new float[extractor.Count * MaxFrames];
        computed = new FrameHistory(extractor.Count, MaxFrames + 2 * Derivatives.Width);
        empty = new FeatureMatrix([], extractor.Count, 0);
    }

    /// <summary>Number of frames returned so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Adds samples and returns the frames that are complete: [features, frames], possibly 0 frames.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Finish"/> was called before.</exception>
    public FeatureMatrix Push(ReadOnlySpan<float> samples)
    {
        if (finished)
            throw new InvalidOperationException("the stream was finished: nothing can be pushed after it");
        Output output = NewOutput(Ready(Complete(history.End + samples.Length)));
        for (int chunk = MaxFrames * hop; samples.Length > 0; samples = samples[Math.Min(chunk, samples.Length)..])
        {
            ReadOnlySpan<float> next = samples[..Math.Min(chunk, samples.Length)];
            Span<float> added = history.Append(next.Length);
            next.CopyTo(added);
            highPass?.Apply(added, added);
            Compute(Complete(history.End), output);
        }
        return output.Matrix;
    }

    /// <summary>
    /// Ends the stream and returns the remaining frames, with zeros after the last sample; none if there were no samples.
    /// </summary>
    /// <exception cref="InvalidOperationException">The method was called before.</exception>
    public FeatureMatrix Finish()
    {
        if (finished)
            throw new InvalidOperationException("the stream was finished before");
        finished = true;
        long frames = history.End == 0 ? 0 : 1 + history.End / hop;
        Output output = NewOutput(frames);
        Compute(frames, output);
        Emit(frames, output);
        return output.Matrix;
    }

    /// <summary>Settings that need the whole clip, with their values.</summary>
    private static IEnumerable<string> WholeClip(FeatureSettings settings)
    {
        if (settings.TopDb > 0)
            yield return FormattableString.Invariant($"Features.TopDb = {settings.TopDb}");
        if (settings.EstimateTuning)
            yield return "Features.EstimateTuning = true";
        if (settings.Pitch)
            yield return "Features.Pitch = true";
        if (settings.LevelDb != 0)
            yield return FormattableString.Invariant($"Features.LevelDb = {settings.LevelDb}");
        if (settings.TrimDb > 0)
            yield return FormattableString.Invariant($"Features.TrimDb = {settings.TrimDb}");
    }

    /// <summary>Number of frames that depend only on the first <paramref name="samples"/> samples.</summary>
    private long Complete(long samples) => samples < reach ? 0 : 1 + (samples - reach) / hop;

    /// <summary>
    /// Number of frames that can be returned before the end of the stream, after <paramref name="frames"/> frames are computed.
    /// </summary>
    private long Ready(long frames) => derivatives.Length == 0 ? frames : frames < Derivatives.Width ? 0 : frames - HalfFit;

    private Output NewOutput(long end)
    {
        int frames = checked((int)(end - Frames));
        return new Output(frames == 0
            ? empty
            : new FeatureMatrix(new float[checked(extractor.Count * frames)], extractor.Count, frames));
    }

    /// <summary>Computes frames up to <paramref name="end"/>. Their samples must have been pushed, or the stream must have ended.</summary>
    private void Compute(long end, Output output)
    {
        while (computed.End < end)
        {
            int frames = (int)Math.Min(MaxFrames, end - computed.End);
            long origin = Math.Max(0, computed.End * hop - reach) / hop;
            extractor.Compute(history[origin * hop, history.End], (int)(computed.End - origin), frames, workspace, block);
            computed.Append(block.AsSpan(0, extractor.Count * frames), frames, oldest: Frames - Derivatives.Width);
            history.DropBefore(Math.Max(0, computed.End * hop - reach) / hop * hop);
            Emit(Ready(computed.End), output);
        }
    }

    private void Emit(long end, Output output)
    {
        if (end <= Frames)
            return;
        int count = (int)(end - Frames);
        for (int row = 0; row < extractor.Count; row++)
            computed.Row(row, Frames, end).CopyTo(output.Matrix.Row(row)[output.Written..]);
        // A fit covers four frames on each side; at either end of the stream it covers the nine frames at that end.
        long fitEnd = Math.Min(computed.End, end + HalfFit), fitStart = Math.Max(0, Math.Min(Frames - HalfFit, fitEnd - Derivatives.Width));
        Span<float> derived = fitted.AsSpan(0, (int)(fitEnd - fitStart));
        foreach ((int from, int to, int order) in derivatives)
        {
            Derivatives.Fit(computed.Row(from, fitStart, fitEnd), derived, order);
            derived.Slice((int)(Frames - fitStart), count).CopyTo(output.Matrix.Row(to)[output.Written..]);
        }
        output.Written += count;
        Frames = end;
    }

    /// <summary>A result that is being filled.</summary>
    private sealed class Output(FeatureMatrix matrix)
    {
        public FeatureMatrix Matrix { get; } = matrix;

        public int Written { get; set; }
    }
}
