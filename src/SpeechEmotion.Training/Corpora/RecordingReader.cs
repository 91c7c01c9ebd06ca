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

    /// <summary>SHA-256 of the file's bytes, or of the samples as 16-bit PCM for audio from memory, in hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

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
/// At most one recording per thread is in memory.
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
        int done = 0;
        InParallel(entries.Count, threads, i =>
        {
            reader.Read(i, cancellation);
            progress?.Report(Interlocked.Increment(ref done));
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

    private void Read(int i, CancellationToken cancellation)
    {
        CorpusEntry entry = entries[i];
        try
        {
            List<string> warnings = [];
            Waveform? fromMemory = entry.Make?.Invoke();
            byte[] bytes = fromMemory is null ? AudioFile.ReadBytes(entry.File) : Pcm16(fromMemory.Samples);
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            int first = sameFileAs[i] = fromMemory is null ? filesByHash.GetOrAdd(sha256, i) : i;
            if (first != i)
                return;
            if (fromMemory is null && cache?.Recall(i, sha256) is { } cached)
            {
                facts[i] = cached.Facts with { Sha256 = sha256, UsedIndex = samplesByHash.GetOrAdd(cached.SamplesHash, i) };
                return;
            }
            Waveform recording = fromMemory ?? AudioFile.Decode(bytes, new FileNotes(entry.File, warnings.Add), cancellation);
            string samplesHash = SamplesHash(recording);
            RecordingFacts found = facts[i] = Use(i, recording, sha256, samplesHash) with
            {
                Warnings = [.. warnings.Select(warning => WithoutPath(warning, entry.File))],
            };
            if (fromMemory is null && found.UsedIndex == i)
                cache?.Keep(i, sha256, new CachedRecording(samplesHash, found));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            sameFileAs[i] = i;
            facts[i] = new RecordingFacts { Fault = WithoutPath(fault.Message, entry.File) };
        }
    }

    private RecordingFacts Use(int i, Waveform recording, string sha256, string samplesHash)
    {
        if (recording.Samples.Length == 0)
            throw new InvalidDataException("holds no samples");
        RecordingFacts found = new()
        {
            Sha256 = sha256,
            Seconds = recording.Seconds,
            SampleRate = recording.SampleRate,
            UsedIndex = samplesByHash.GetOrAdd(samplesHash, i),
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

    private static string SamplesHash(Waveform recording)
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
