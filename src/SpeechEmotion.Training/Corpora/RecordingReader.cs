using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Duplicates;

namespace SpeechEmotion.Corpora;

/// <summary>What one reading of a sound left behind; its samples are gone.</summary>
internal sealed record RecordingFacts
{
    /// <summary>Why the sound cannot be used; null when it can.</summary>
    public string? Fault { get; init; }

    /// <summary>Hash of the file's bytes, or of a made sound's samples as 16-bit PCM.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Index of the recording with the same samples that was handed out.</summary>
    public int UsedIndex { get; init; }

    public double Seconds { get; init; }

    public int SampleRate { get; init; }

    /// <summary>What near duplicates share; null for silence.</summary>
    public Fingerprint? Fingerprint { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Reads sounds in parallel: bytes → hash → samples → one rate → fingerprint and use. Only as many sounds as threads are in memory.</summary>
internal sealed class RecordingReader
{
    private readonly IReadOnlyList<CorpusEntry> entries;
    private readonly int sampleRate;
    private readonly Action<int, Waveform> use;
    private readonly RecordingCache? memory;
    private readonly RecordingFacts?[] facts;

    // Which index first claimed a file content or a sequence of samples: the others only refer to it.
    private readonly ConcurrentDictionary<string, int> filesByHash = new();
    private readonly ConcurrentDictionary<string, int> samplesByHash = new();
    private readonly int[] sameFileAs;

    private RecordingReader(IReadOnlyList<CorpusEntry> entries, int sampleRate, Action<int, Waveform> use, RecordingCache? memory)
    {
        this.memory = memory;
        this.entries = entries;
        this.sampleRate = sampleRate;
        this.use = use;
        facts = new RecordingFacts?[entries.Count];
        sameFileAs = new int[entries.Count];
    }

    /// <summary>The facts of every entry, in order.</summary>
    public static RecordingFacts[] Run(
        IReadOnlyList<CorpusEntry> entries, int sampleRate, Action<int, Waveform> use, RecordingCache? memory, IProgress<int>? progress, int threads,
        CancellationToken cancellation)
    {
        RecordingReader pass = new(entries, sampleRate, use, memory);
        int done = 0;
        InParallel(entries.Count, threads, i =>
        {
            pass.Read(i, cancellation);
            progress?.Report(Interlocked.Increment(ref done));
        }, cancellation);
        return [.. Enumerable.Range(0, entries.Count).Select(pass.Resolve)];
    }

    /// <summary>A parallel loop that throws what its body throws.</summary>
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

    /// <summary>The sound of an entry at its own rate.</summary>
    public static Waveform Load(CorpusEntry entry, CancellationToken cancellation) =>
        entry.Make is { } make ? make() : AudioFile.Decode(AudioFile.ReadBytes(entry.File), entry.File, null, cancellation);

    private void Read(int i, CancellationToken cancellation)
    {
        CorpusEntry entry = entries[i];
        try
        {
            List<string> warnings = [];
            Waveform? made = entry.Make?.Invoke();
            byte[] bytes = made is null ? AudioFile.ReadBytes(entry.File) : Pcm16(made.Samples);
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            int first = sameFileAs[i] = made is null ? filesByHash.GetOrAdd(sha256, i) : i;
            if (first != i)
                return;
            if (made is null && memory?.Recall(i, sha256) is { } known)
            {
                facts[i] = known.Facts with { Sha256 = sha256, UsedIndex = samplesByHash.GetOrAdd(known.SamplesHash, i) };
                return;
            }
            Waveform sound = made ?? AudioFile.Decode(bytes, entry.File, warnings.Add, cancellation);
            string samplesHash = SamplesHash(sound);
            RecordingFacts found = facts[i] = Use(i, sound, sha256, samplesHash) with { Warnings = [.. warnings.Select(warning => WithoutPath(warning, entry.File))] };
            if (made is null && found.UsedIndex == i)
                memory?.Keep(i, sha256, new CachedRecording(samplesHash, found));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            sameFileAs[i] = i;
            facts[i] = new RecordingFacts { Fault = WithoutPath(fault.Message, entry.File) };
        }
    }

    private RecordingFacts Use(int i, Waveform sound, string sha256, string samplesHash)
    {
        if (sound.Samples.Length == 0)
            throw new InvalidDataException("holds no samples");
        RecordingFacts found = new()
        {
            Sha256 = sha256,
            Seconds = sound.Seconds,
            SampleRate = sound.SampleRate,
            UsedIndex = samplesByHash.GetOrAdd(samplesHash, i),
        };
        if (found.UsedIndex != i)
            return found;
        Waveform resampled = sound.SampleRate == sampleRate ? sound : Resampler.Resample(sound, sampleRate);
        use(i, resampled);
        return found with { Fingerprint = Fingerprint.Compute(resampled) };
    }

    /// <summary>Fills in what an entry shares with the one that claimed its file or its samples first.</summary>
    private RecordingFacts Resolve(int i)
    {
        RecordingFacts own = facts[sameFileAs[i]]!;
        if (own.Fault is null && facts[own.UsedIndex]!.Fault is { } fault)
            own = own with { Fault = fault };
        return own.Fault is null ? own with { Fingerprint = facts[own.UsedIndex]!.Fingerprint } : own;
    }

    private static string SamplesHash(Waveform sound)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(sound.SampleRate));
        hash.AppendData(MemoryMarshal.AsBytes(sound.Samples.AsSpan()));
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

    // A problem names its path itself.
    private static string WithoutPath(string message, string file)
    {
        message = message.ReplaceLineEndings(" ");
        return file.Length > 0 && message.StartsWith(file, StringComparison.Ordinal) ? message[file.Length..].TrimStart(':', ',', ' ') : message;
    }
}
