using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Duplicates;

namespace SpeechEmotion.Corpora;

/// <summary>The result of reading a recording, without its samples.</summary>
internal sealed record RecordingFacts
{
    /// <summary>Why the recording is unusable; null when it is usable.</summary>
    public string? Fault { get; init; }

    /// <summary>
    /// SHA-256 of the file's bytes, or of the samples as 16-bit PCM for audio from memory, in hexadecimal digits, and the segment.
    /// </summary>
    public string Sha256 { get; init; } = "";

    /// <summary>SHA-256 of the decoded samples and their rate, in hexadecimal digits.</summary>
    public string SamplesSha256 { get; init; } = "";

    /// <summary>Index of the recording with the same samples that was passed on.</summary>
    public int UsedIndex { get; init; }

    /// <summary>Duration in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Rate of the file in Hz.</summary>
    public int SampleRate { get; init; }

    /// <summary>The fingerprint for the search for near duplicates; null for silence.</summary>
    public Fingerprint? Fingerprint { get; init; }

    /// <summary>Warnings of the audio decoder.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>
/// Reads recordings in parallel: bytes → hash → samples → common rate → use and fingerprint.
/// At most one recording or segment per thread is in memory. The segments of a file are read by one thread.
/// </summary>
internal sealed class RecordingReader
{
    private readonly IReadOnlyList<CorpusEntry> entries;
    private readonly int sampleRate;
    private readonly Action<int, Waveform> use;
    private readonly RecordingCache? cache;
    private readonly RecordingFacts?[] facts;

    // Index of the first recording with a file content or a sequence of samples; later ones refer to it.
    private readonly ConcurrentDictionary<string, int> filesByHash = new();
    private readonly ConcurrentDictionary<string, int> samplesByHash = new();
    private readonly int[] sameFileAs;

    private RecordingReader(IReadOnlyList<CorpusEntry> entries, int sampleRate, Action<int, Waveform> use, RecordingCache? cache)
    {
        this.cache = cache;
        this.entries = entries;
        this.sampleRate = sampleRate;
        this.use = use;
        facts = new RecordingFacts?[entries.Count];
        sameFileAs = new int[entries.Count];
    }

    /// <summary>
    /// The result of every entry, in order; see
    /// <see cref="Corpus.Read(CorpusListing, int, Action{int, Waveform}, IProgress{int}, int, CancellationToken)"/>.
    /// </summary>
    public static RecordingFacts[] Run(
        IReadOnlyList<CorpusEntry> entries, int sampleRate, Action<int, Waveform> use, RecordingCache? cache,
        IProgress<int>? progress, int threads, CancellationToken cancellation)
    {
        RecordingReader reader = new(entries, sampleRate, use, cache);
        IReadOnlyList<int[]> files = Files(entries);
        int done = 0;
        InParallel(files.Count, threads, file =>
        {
            CorpusEntry first = entries[files[file][0]];
            using SegmentReader? segments = first.Segment is null ? null : new SegmentReader(first.File);
            foreach (int i in files[file])
            {
                reader.Read(i, segments, cancellation);
                progress?.Report(Interlocked.Increment(ref done));
            }
        }, cancellation);
        return [.. Enumerable.Range(0, entries.Count).Select(reader.Resolve)];
    }

    /// <summary>A parallel loop that throws the first exception of its body instead of an <see cref="AggregateException"/>.</summary>
    public static void InParallel(int count, int threads, Action<int> body, CancellationToken cancellation)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    /// <summary>The audio of an entry at its own rate.</summary>
    public static Waveform Load(CorpusEntry entry, CancellationToken cancellation)
    {
        if (entry.Make is { } make)
            return make();
        if (entry.Segment is null)
            return AudioFile.Decode(AudioFile.ReadBytes(entry.File), entry.File, null, cancellation);
        using SegmentReader segments = new(entry.File);
        return segments.Read(entry.Segment, _ => { }, cancellation);
    }

    /// <summary>
    /// Indices of the entries that are read one after the other: those of the segments of one file, in the order of their starts. A whole
    /// recording is on its own.
    /// </summary>
    private static IReadOnlyList<int[]> Files(IReadOnlyList<CorpusEntry> entries) => [.. Enumerable.Range(0, entries.Count)
        .GroupBy(i => entries[i].Segment is null ? (i, "") : (-1, entries[i].File))
        .Select(file => file.OrderBy(i => entries[i].Segment?.Start).ThenBy(i => i).ToArray())];

    private void Read(int i, SegmentReader? segments, CancellationToken cancellation)
    {
        CorpusEntry entry = entries[i];
        try
        {
            List<string> warnings = [];
            Waveform? fromMemory = entry.Make?.Invoke();
            byte[] bytes = segments is not null ? [] : fromMemory is null ? AudioFile.ReadBytes(entry.File) : Pcm16(fromMemory.Samples);
            string sha256 = segments is null ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : segments.Sha256 + entry.Segment;
            int first = sameFileAs[i] = fromMemory is null ? filesByHash.GetOrAdd(sha256, i) : i;
            if (first != i)
                return;
            if (fromMemory is null && cache?.Recall(i, sha256) is { } cached)
            {
                facts[i] = cached with
                {
                    Sha256 = sha256,
                    UsedIndex = samplesByHash.GetOrAdd(cached.SamplesSha256, i),
                };
                return;
            }
            Waveform recording = fromMemory
                ?? segments?.Read(entry.Segment!, warnings.Add, cancellation)
                ?? AudioFile.Decode(bytes, new FileNotes(entry.File, warnings.Add), cancellation);
            RecordingFacts found = facts[i] = Use(i, recording, sha256) with
            {
                Warnings = [.. warnings.Select(warning => WithoutPath(warning, entry.File))],
            };
            if (fromMemory is null && found.UsedIndex == i)
                cache?.Keep(i, sha256, found);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            sameFileAs[i] = i;
            facts[i] = new RecordingFacts { Fault = WithoutPath(fault.Message, entry.File) };
        }
    }

    private RecordingFacts Use(int i, Waveform recording, string sha256)
    {
        if (recording.Samples.Length == 0)
            throw new InvalidDataException("holds no samples");
        string samplesSha256 = HashSamples(recording);
        RecordingFacts found = new()
        {
            Sha256 = sha256,
            Seconds = recording.Seconds,
            SampleRate = recording.SampleRate,
            SamplesSha256 = samplesSha256,
            UsedIndex = samplesByHash.GetOrAdd(samplesSha256, i),
        };
        if (found.UsedIndex != i)
            return found;
        Waveform resampled = recording.SampleRate == sampleRate ? recording : Resampler.Resample(recording, sampleRate);
        use(i, resampled);
        return found with { Fingerprint = Fingerprint.Compute(resampled) };
    }

    /// <summary>Completes the result of an entry from that of the first entry with the same file content or samples.</summary>
    private RecordingFacts Resolve(int i)
    {
        RecordingFacts own = facts[sameFileAs[i]]!;
        if (own.Fault is null && facts[own.UsedIndex]!.Fault is { } fault)
            own = own with { Fault = fault };
        return own.Fault is null ? own with { Fingerprint = facts[own.UsedIndex]!.Fingerprint } : own;
    }

    private static string HashSamples(Waveform recording)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(recording.SampleRate));
        hash.AppendData(MemoryMarshal.AsBytes(recording.Samples.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Pcm16(float[] samples)
    {
        byte[] bytes = new byte[2 * samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            short value = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), value);
        }
        return bytes;
    }

    // CorpusProblem adds the path.
    private static string WithoutPath(string message, string file)
    {
        message = message.ReplaceLineEndings(" ");
        return file.Length > 0 && message.StartsWith(file, StringComparison.Ordinal)
            ? message[file.Length..].TrimStart(':', ',', ' ')
            : message;
    }
}
