using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Duplicates;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>copies DATA [CLIPS]</c>: the search for near duplicates on every corpus below a folder. It prints the pairs found and their
/// correlation in a band that the search does not use. CLIPS recordings of each corpus come again through the codecs of ffmpeg, resampled,
/// at other levels and trimmed; it prints how many of these copies are found. Then the time for 100,000 fingerprints. Fails when fewer than
/// 95 % of the copies at 32 kbit/s are found, or when a pair does not correlate in the other band.
/// </summary>
internal static class CopiesBenchmark
{
    private const int Rate = 16000, Threads = 2, Many = 100_000;
    private const double MinRecall = 0.95;

    private static readonly string[] Codecs =
    [
        "-c:a libmp3lame -b:a 32k mp3-32.mp3", "-c:a aac -b:a 32k aac-32.m4a", "-ar 16000 -c:a libvorbis -b:a 32k vorbis-32.ogg",
        "-c:a libopus -b:a 32k opus-32.opus", "-c:a libmp3lame -b:a 24k mp3-24.mp3", "-c:a aac -b:a 24k aac-24.m4a",
        "-ar 16000 -c:a libvorbis -q:a -1 vorbis-least.ogg", "-c:a libopus -b:a 24k opus-24.opus", "-c:a libopus -b:a 12k opus-12.opus",
        "-ar 8000 rate-8000.wav", "-af volume=-20dB level-minus-20.wav", "-af volume=20dB level-plus-20-clipped.wav",
    ];

    private static readonly int[] Crops = [100, 300, 1000];

    public static int Run(string data, string[] args)
    {
        int clips = args is [string given] ? int.Parse(given, CultureInfo.InvariantCulture) : 40;
        SortedDictionary<string, (int Found, int Compact, int All)> recall = new(StringComparer.Ordinal);
        List<Fingerprint> real = [];
        int wrong = 0;
        foreach (string folder in Directory.GetDirectories(data).Order(StringComparer.Ordinal))
        {
            string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".wav" or ".flac").Order(StringComparer.Ordinal)];
            if (files.Length == 0)
                continue;
            wrong += Corpus(Path.GetFileName(folder), files, clips, recall, real);
        }
        bool low = false;
        foreach ((string kind, (int found, int compact, int all)) in recall)
        {
            low |= kind.Contains("-32", StringComparison.Ordinal) && found < MinRecall * all;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind,-22} {found,4} of {all} copies found ({100.0 * found / all:0.0} %), "
                + $"{compact} ({100.0 * compact / all:0.0} %) by the short form"));
        }
        Scale("other speeds of the corpora", [.. real]);
        Scale("noise in syllables", Synthetic());
        return low || wrong > 0 ? 1 : 0;
    }

    private static int Corpus(
        string name, string[] files, int clips, SortedDictionary<string, (int Found, int Compact, int All)> recall, List<Fingerprint> real)
    {
        var clock = Stopwatch.StartNew();
        Fingerprint?[] prints = new Fingerprint?[files.Length];
        ConcurrentBag<Fingerprint> faster = [];
        Each(files.Length, i =>
        {
            Waveform recording = Read(files[i]);
            prints[i] = Fingerprint.Compute(recording);
            foreach (int rate in (int[])[14000, 14600, 15200, 16800, 17500, 18300])
                if (Fingerprint.Compute(Resampler.Resample(new Waveform(recording.Samples, rate), Rate)) is { } print)
                    faster.Add(print);
        });
        real.AddRange(prints.OfType<Fingerprint>().Concat(faster));
        List<KeyValuePair<int, Fingerprint>> all = [.. prints.Index().Where(each => each.Item is not null)
            .Select(each => KeyValuePair.Create(each.Index, each.Item!))];
        clock.Restart();
        (IReadOnlyList<NearDuplicate> pairs, IReadOnlyList<int> truncated) =
            NearDuplicates.Find(all, Rate, Threads, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {files.Length:N0} recordings, {pairs.Count} pairs found in {clock.Elapsed.TotalSeconds:0.00} s, "
            + $"{truncated.Count} recordings compared with a part only"));
        int wrong = 0;
        foreach (NearDuplicate pair in pairs)
        {
            double other = OtherBand(Read(files[pair.First]).Samples, Read(files[pair.Second]).Samples, (int)(pair.LagSeconds * Rate));
            if (other < 0.5)
                wrong++;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {pair.Correlation:0.000}, {other:0.000} from 1,500 to 3,400 Hz: {files[pair.First]} {files[pair.Second]} "
                + $"({pair.LagSeconds:0.0000} s)"));
        }
        FalseAlarms(all, pairs);

        string[] chosen = [.. Enumerable.Range(0, Math.Min(clips, files.Length)).Select(i => files[(int)((long)i * files.Length / clips)])];
        Each(chosen.Length, i =>
        {
            Waveform original = Read(chosen[i]);
            if (Fingerprint.Compute(original) is not { } print)
                return;
            foreach ((string kind, Waveform copy) in Copies(chosen[i], original))
            {
                Fingerprint? other = Fingerprint.Compute(copy);
                bool found = other is not null && NearDuplicates.Find(
                    [KeyValuePair.Create(0, print), KeyValuePair.Create(1, other)], Rate, 1, CancellationToken.None).Pairs.Count == 1;
                bool compact = other is not null && new LandmarkMatcher(other).Matches(CompactFingerprint.From(print));
                lock (recall)
                {
                    (int f, int c, int a) = recall.GetValueOrDefault(kind);
                    recall[kind] = (f + (found ? 1 : 0), c + (compact ? 1 : 0), a + 1);
                    if (!found && kind.Contains("-32", StringComparison.Ordinal))
                        Console.WriteLine($"  not found: {kind} of {chosen[i]}");
                }
            }
        });
        return wrong;
    }

    private static void FalseAlarms(List<KeyValuePair<int, Fingerprint>> all, IReadOnlyList<NearDuplicate> pairs)
    {
        HashSet<(int, int)> known = [.. pairs.Select(pair => (pair.First, pair.Second))];
        CompactFingerprint[] stored = [.. all.Select(each => CompactFingerprint.From(each.Value))];
        long alarms = 0;
        var clock = Stopwatch.StartNew();
        Each(all.Count, i =>
        {
            LandmarkMatcher matcher = new(all[i].Value);
            for (int j = 0; j < all.Count; j++)
                if (j != i && matcher.Matches(stored[j])
                    && !known.Contains((all[Math.Min(i, j)].Key, all[Math.Max(i, j)].Key)))
                    Interlocked.Increment(ref alarms);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  short forms: {alarms} false alarms in {(long)all.Count * (all.Count - 1):N0} comparisons, "
            + $"{clock.Elapsed.TotalSeconds:0.00} s"));
    }

    private static IEnumerable<(string Kind, Waveform Copy)> Copies(string file, Waveform original)
    {
        string folder = Directory.CreateTempSubdirectory("copies").FullName;
        try
        {
            ProcessStartInfo start = new("ffmpeg", ["-nostdin", "-v", "error", "-i", file]) { WorkingDirectory = folder };
            foreach (string codec in Codecs)
                foreach (string word in $"-ac 1 {codec}".Split(' '))
                    start.ArgumentList.Add(word);
            using (Process ffmpeg = Process.Start(start)!)
                ffmpeg.WaitForExit();
            foreach (string copy in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
                yield return (Path.GetFileNameWithoutExtension(copy), Read(copy));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        foreach (int crop in Crops)
        {
            yield return ($"start-cropped-{crop:0000}", new Waveform(original.Samples[crop..], Rate));
            yield return ($"both-cropped-{crop:0000}", new Waveform(original.Samples[crop..^crop], Rate));
        }
        yield return ("first-third-cropped", new Waveform(original.Samples[(original.Samples.Length / 3)..], Rate));
        yield return ("last-third-cropped", new Waveform(original.Samples[..(2 * original.Samples.Length / 3)], Rate));
        yield return ("level-plus-20", new Waveform(Array.ConvertAll(original.Samples, x => 10 * x), Rate));
        yield return ("inverted", new Waveform(Array.ConvertAll(original.Samples, x => -x), Rate));
    }

    /// <summary>The correlation between 1,500 and 3,400 Hz, which the fingerprint does not contain, near a lag in samples.</summary>
    private static double OtherBand(float[] one, float[] other, int lag)
    {
        float[] a = HighBand(one), b = HighBand(other);
        double best = 0;
        for (int at = lag - 8; at <= lag + 8; at++)
        {
            double product = 0, first = 0, second = 0;
            for (int i = Math.Max(0, -at); i < a.Length && i + at < b.Length; i++)
            {
                product += a[i] * b[i + at];
                first += a[i] * a[i];
                second += b[i + at] * b[i + at];
            }
            best = Math.Max(best, Math.Abs(product) / Math.Sqrt(first * second));
        }
        return best;
    }

    private static float[] HighBand(float[] samples)
    {
        const int half = 80;
        const double low = Math.Tau * 1500 / Rate, high = Math.Tau * 3400 / Rate;
        double[] response = [.. Enumerable.Range(-half, 2 * half + 1).Select(i => (0.5 + 0.5 * Math.Cos(Math.PI * i / (half + 1)))
            * (i == 0 ? (high - low) / Math.PI : (Math.Sin(high * i) - Math.Sin(low * i)) / (Math.PI * i)))];
        return [.. Enumerable.Range(0, samples.Length).Select(n =>
        {
            double sum = 0;
            for (int i = Math.Max(0, n - half); i <= Math.Min(samples.Length - 1, n + half); i++)
                sum += samples[i] * response[i - n + half];
            return (float)sum;
        })];
    }

    private static void Scale(string name, Fingerprint[] prints)
    {
        KeyValuePair<int, Fingerprint>[] all = [.. prints.Take(Many).Select((print, i) => KeyValuePair.Create(i, print))];
        var clock = Stopwatch.StartNew();
        (IReadOnlyList<NearDuplicate> pairs, IReadOnlyList<int> truncated) =
            NearDuplicates.Find(all, Rate, Threads, CancellationToken.None);
        long words = all.Select(each => each.Value)
            .Sum(print => (long)print.Signs.Words.Length + print.ActiveBlocks.Words.Length + 7 * print.Peaks.Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Length:N0} recordings, {name}: {pairs.Count} pairs in {clock.Elapsed.TotalSeconds:0.0} s on {Threads} threads, "
            + $"{truncated.Count} recordings compared with a part only, fingerprints {words >> 17} MB, "
            + $"peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
    }

    private static Fingerprint[] Synthetic()
    {
        Fingerprint[] prints = new Fingerprint[Many];
        Each(Many, i =>
        {
            Random random = new(i);
            float[] samples = new float[2 * Rate];
            float level = 0;
            for (int k = 0; k < samples.Length; k++)
            {
                if (k % 1600 == 0)
                    level = random.NextSingle() * random.NextSingle();
                samples[k] = level * (random.NextSingle() - 0.5f);
            }
            prints[i] = Fingerprint.Compute(new Waveform(samples, Rate))!;
        });
        return prints;
    }

    private static Waveform Read(string file)
    {
        Waveform recording = AudioFile.Read(file);
        return recording.SampleRate == Rate ? recording : Resampler.Resample(recording, Rate);
    }

    private static void Each(int count, Action<int> body) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, body);
}
