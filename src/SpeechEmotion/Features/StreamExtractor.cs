using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// <see cref="FeatureExtractor"/> for samples that arrive in pieces of any size: the frames equal those of the whole clip, to the last
/// bit, however it is cut. A frame comes with the last sample that it looks at (half the longest FFT behind its centre); with
/// derivatives over time four frames later, and never before the ninth. Memory stays the same however long the stream is. For one thread.
/// </summary>
/// <example>
/// <code>
/// StreamExtractor stream = new FeatureExtractor(settings.ForStream()).NewStream();
/// while (microphone.Read(buffer) is > 0 and var count)
///     Use(stream.Push(buffer.AsSpan(0, count))); // [features, frames], often without a frame
/// Use(stream.Finish());
/// </code>
/// </example>
public sealed class StreamExtractor
{
    /// <summary>Frames computed at once, at most.</summary>
    private const int MaxFrames = 64;

    private const int HalfFit = Derivatives.Width / 2;

    private readonly FeatureExtractor extractor;
    private readonly int hop;
    private readonly int reach;
    private readonly (int From, int To, int Order)[] derivatives;
    private readonly FeatureWorkspace room;
    private readonly SampleHistory history = new();
    private readonly float[] fresh;
    private readonly float[] fitted = new float[MaxFrames + 2 * Derivatives.Width];
    private readonly HeldFrames held;
    private readonly FeatureMatrix nothing;
    private bool finished;

    internal StreamExtractor(FeatureExtractor extractor)
    {
        FeatureSettings settings = extractor.Settings;
        string[] faults = [.. WholeClip(settings)];
        if (faults.Length > 0)
            throw new ArgumentException($"{string.Join(", ", faults)}: needs the whole clip, which a stream has not; FeatureSettings.ForStream() leaves it out");
        this.extractor = extractor;
        (hop, reach) = (settings.HopLength, extractor.Reach);
        derivatives = [.. extractor.Derivatives];
        room = extractor.NewWorkspace();
        fresh = new float[extractor.Count * MaxFrames];
        held = new HeldFrames(extractor.Count, MaxFrames + 2 * Derivatives.Width);
        nothing = new FeatureMatrix([], extractor.Count, 0);
    }

    /// <summary>Frames given so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Takes the next samples in and gives the frames that became complete: [features, frames], perhaps 0 frames.</summary>
    /// <exception cref="InvalidOperationException">The stream was finished.</exception>
    public FeatureMatrix Push(ReadOnlySpan<float> samples)
    {
        if (finished)
            throw new InvalidOperationException("the stream was finished: nothing can be pushed after it");
        Output output = NewOutput(Ready(Complete(history.End + samples.Length)));
        for (int chunk = MaxFrames * hop; samples.Length > 0; samples = samples[Math.Min(chunk, samples.Length)..])
        {
            ReadOnlySpan<float> next = samples[..Math.Min(chunk, samples.Length)];
            next.CopyTo(history.Append(next.Length));
            Compute(Complete(history.End), output);
        }
        return output.Matrix;
    }

    /// <summary>The stream is over: gives the frames that are left, with zeros behind the last sample; none if there were no samples.</summary>
    /// <exception cref="InvalidOperationException">The stream was finished before.</exception>
    public FeatureMatrix Finish()
    {
        if (finished)
            throw new InvalidOperationException("the stream was finished before");
        finished = true;
        long frames = history.End == 0 ? 0 : 1 + history.End / hop;
        Output output = NewOutput(frames);
        Compute(frames, output);
        Give(frames, output);
        return output.Matrix;
    }

    /// <summary>The settings that keep features from being streamed, with their values.</summary>
    private static IEnumerable<string> WholeClip(FeatureSettings settings)
    {
        if (settings.TopDb > 0)
            yield return FormattableString.Invariant($"Features.TopDb = {settings.TopDb}");
        if (settings.EstimateTuning)
            yield return "Features.EstimateTuning = true";
        if (settings.Pitch)
            yield return "Features.Pitch = true";
        if (settings.TrimDb > 0)
            yield return FormattableString.Invariant($"Features.TrimDb = {settings.TrimDb}");
    }

    /// <summary>Frames whose every sample is among the first so many.</summary>
    private long Complete(long samples) => samples < reach ? 0 : 1 + (samples - reach) / hop;

    /// <summary>Frames that can be given while the stream goes on, once so many are computed.</summary>
    private long Ready(long computed) => derivatives.Length == 0 ? computed : computed < Derivatives.Width ? 0 : computed - HalfFit;

    private Output NewOutput(long end)
    {
        int frames = checked((int)(end - Frames));
        return new Output(frames == 0 ? nothing : new FeatureMatrix(new float[checked(extractor.Count * frames)], extractor.Count, frames));
    }

    /// <summary>Computes frames up to <paramref name="end"/>, whose samples must be there or never come.</summary>
    private void Compute(long end, Output output)
    {
        while (held.End < end)
        {
            int frames = (int)Math.Min(MaxFrames, end - held.End);
            long origin = Math.Max(0, held.End * hop - reach) / hop;
            extractor.Compute(history[origin * hop, history.End], (int)(held.End - origin), frames, room, fresh);
            held.Append(fresh.AsSpan(0, extractor.Count * frames), frames, oldest: Frames - Derivatives.Width);
            history.DropBefore(Math.Max(0, held.End * hop - reach) / hop * hop);
            Give(Ready(held.End), output);
        }
    }

    private void Give(long end, Output output)
    {
        if (end <= Frames)
            return;
        int count = (int)(end - Frames);
        for (int row = 0; row < extractor.Count; row++)
            held.Row(row, Frames, end).CopyTo(output.Matrix.Row(row)[output.Written..]);
        // A fit covers four frames on both sides; at either end of the stream the nine at that end.
        long fitEnd = Math.Min(held.End, end + HalfFit), fitStart = Math.Max(0, Math.Min(Frames - HalfFit, fitEnd - Derivatives.Width));
        Span<float> derived = fitted.AsSpan(0, (int)(fitEnd - fitStart));
        foreach ((int from, int to, int order) in derivatives)
        {
            Derivatives.Fit(held.Row(from, fitStart, fitEnd), derived, order);
            derived.Slice((int)(Frames - fitStart), count).CopyTo(output.Matrix.Row(to)[output.Written..]);
        }
        output.Written += count;
        Frames = end;
    }

    /// <summary>A result on the way.</summary>
    private sealed class Output(FeatureMatrix matrix)
    {
        public FeatureMatrix Matrix { get; } = matrix;

        public int Written { get; set; }
    }
}
