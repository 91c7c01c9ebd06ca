using System.Globalization;
using System.Security.Cryptography;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>
/// Reads segments of one file in ascending order of their starts. The file is hashed once and decoded once; what no segment covers is
/// passed over. At most the samples from the start of a segment to the last sample that was read are kept. Used by one thread at a time.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class SegmentReader(string file) : IDisposable
{
    // Seconds. Tables round the end of the last segment up to a hundredth of a second.
    private const double EndTolerance = 0.01;

    private AudioReader? reader;
    private Action<string>? warn;
    private Exception? fault;
    private string? hash;
    private float[] kept = [];
    private int count;
    private long start; // of the kept samples in the file

    /// <summary>SHA-256 of the file's bytes in hexadecimal digits.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or is a pipe or device.</exception>
    public string Sha256 => hash ??= Hash();

    /// <summary>The samples of a segment at the rate of the file.</summary>
    /// <param name="segment">The segment; it begins no earlier than the one before it.</param>
    /// <param name="onWarning">Receives warnings of the decoder.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The segment is not within the recording, or the file is no valid audio.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public Waveform Read(RecordingSegment segment, Action<string> onWarning, CancellationToken cancellation)
    {
        if (fault is not null)
            throw new InvalidDataException(fault.Message, fault);
        warn = onWarning;
        try
        {
            reader ??= Open(cancellation);
            Advance(segment, cancellation);
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Later segments cannot be read either, and ffmpeg need not be started again for each of them.
            fault = failed;
            throw;
        }
        return new Waveform(kept[..Length(segment)], reader.SampleRate);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => reader?.Dispose();

    private AudioReader Open(CancellationToken cancellation)
    {
        AudioReader.CheckLength(file);
        return AudioReader.Open(File.OpenRead(file), new FileNotes(file, message => warn?.Invoke(message)), cancellation);
    }

    private string Hash()
    {
        AudioReader.CheckLength(file);
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Drops what is before the segment and reads up to its end, or to that of the file.</summary>
    private void Advance(RecordingSegment segment, CancellationToken cancellation)
    {
        long first = SampleAt(segment.Start);
        if (first < start)
            throw new InvalidOperationException($"{file}: segments must be read in the order of their starts");
        int dropped = (int)Math.Min(count, first - start);
        kept.AsSpan(dropped..count).CopyTo(kept);
        count -= dropped;
        start += dropped;
        if (count == 0)
            start += reader!.Skip(first - start, cancellation);

        long wanted = segment.End is { } end && start == first ? SampleAt(end) - first : long.MaxValue;
        while (start == first && count < wanted)
        {
            if (count == kept.Length)
                Array.Resize(ref kept, (int)Math.Min(Array.MaxLength, Math.Max(reader!.SampleRate, 2L * count)));
            int read = reader!.Read(kept.AsSpan(count..(int)Math.Min(kept.Length, wanted)), cancellation);
            if (read == 0)
                break;
            count += read;
        }
    }

    /// <summary>Number of samples of the segment, which were read.</summary>
    private int Length(RecordingSegment segment)
    {
        int rate = reader!.SampleRate;
        double available = (double)(start + count) / rate;
        if (segment.End is { } limit && SampleAt(limit) == SampleAt(segment.Start))
            throw new InvalidDataException($"{file}: the segment {segment} is shorter than one sample at {rate} Hz");
        if (start < SampleAt(segment.Start) || count == 0)
            throw OutsideRecording("begins", segment.Start, available);
        if (segment.End is not { } end)
            return count;
        if (end > available + EndTolerance)
            throw OutsideRecording("ends", end, available);
        return (int)Math.Min(count, SampleAt(end) - start);
    }

    private InvalidDataException OutsideRecording(string what, double seconds, double available) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: the segment {what} at {seconds} s, after the end of the recording at {Math.Round(available, 3)} s"));

    private long SampleAt(double seconds) => (long)Math.Round(Math.Min(seconds * reader!.SampleRate, long.MaxValue / 2));
}
