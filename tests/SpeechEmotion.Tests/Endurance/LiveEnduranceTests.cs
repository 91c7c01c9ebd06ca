using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Models;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Endurance;

/// <summary>
/// Hours of sound at full speed through the model that ships as default: as much memory at the end as after the first tenth, and events up
/// to the end.
/// </summary>
[OneTorchThread]
public class LiveEnduranceTests
{
    /// <summary>SPEECHEMOTION_ENDURANCE_SECONDS: seconds of sound, by default ten minutes.</summary>
    private static readonly double Seconds = double.Parse(
        Environment.GetEnvironmentVariable("SPEECHEMOTION_ENDURANCE_SECONDS") ?? "600", CultureInfo.InvariantCulture);

    [Test, Category("Endurance")]
    public async Task ListenAsync_Hours_KeepsMemoryAndLatency()
    {
        using EmotionClassifier classifier = TorchClassifier.Load(ModelLocator.Default());
        classifier.ClassifyWindow(new float[TestSignals.Rate], null);
        Footprint before = Footprint.Now();
        var session = new LiveSession(classifier, new Endless(Seconds));
        var watch = Stopwatch.StartNew();
        var tenths = new List<Footprint>();
        double lastUtterance = 0;
        long events = 0;
        StreamEvent last = new(StreamEventType.Listening, 0);
        await foreach (StreamEvent found in session.ListenAsync())
        {
            if (found.Time > Seconds / 10 * (tenths.Count + 1))
                tenths.Add(Footprint.Now());
            if (found.Type == StreamEventType.UtteranceEnd)
                lastUtterance = found.Time;
            events++;
            last = found;
        }
        Footprint early = tenths[0], late = Footprint.Now();
        for (int i = 0; i < tenths.Count; i++)
            TestContext.Out.WriteLine($"  after {Seconds / 10 * (i + 1):0} s of sound: {tenths[i]}");
        TestContext.Out.WriteLine(
            $"{Seconds:0} s of sound in {watch.Elapsed.TotalSeconds:0.0} s, {last.Summary!.Utterances} utterances, {events} events; "
            + $"before {before}, after a tenth {early}, at the end {late}; "
            + $"real-time factor {last.Summary.RealTimeFactor:0.0000}, latency p50 {last.Summary.LatencyP50:0.0} ms, "
            + $"p95 {last.Summary.LatencyP95:0.0} ms, p99 {last.Summary.LatencyP99:0.0} ms");
        Assert.That(last.Summary.Seconds, Is.EqualTo(Seconds).Within(0.1));
        Assert.That(lastUtterance, Is.GreaterThan(Seconds - 15), "events right to the end");
        Assert.That(late.Tensors, Is.EqualTo(before.Tensors), "native tensors");
        // A window may be in the network at that moment.
        Assert.That(tenths.Select(each => each.Tensors), Is.All.LessThan(before.Tensors + 300), "native tensors on the way");
        Assert.That(late.Managed, Is.LessThan(early.Managed + 4), "MB of managed heap");
        // A tenth of the shortest run takes less than a second, in which the runtime still compiles and takes room.
        Assert.That(late.Resident, Is.LessThan(tenths.Take(tenths.Count / 2).Max(each => each.Resident) + 40), "MB of resident memory");
        Assert.That(late.Handles, Is.LessThanOrEqualTo(early.Handles + 4), "open files");
        Assert.That(late.Threads, Is.LessThanOrEqualTo(early.Threads + 6), "threads");
    }

    private sealed record Footprint(double Managed, double Resident, long Tensors, int Handles, int Threads)
    {
        public static Footprint Now()
        {
            long tensors = TensorCount.Now();
            double managed = GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
            using var self = Process.GetCurrentProcess();
            int handles = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : self.HandleCount;
            return new Footprint(managed, self.WorkingSet64 / 1048576.0, tensors, handles, self.Threads.Count);
        }

        public override string ToString() =>
            $"{Managed:0.0} MB managed, {Resident:0} MB resident, {Tensors} tensors, {Handles} handles, {Threads} threads";
    }

    /// <summary>Speech and pauses in faint noise, repeated.</summary>
    private sealed class Endless(double seconds) : IAudioSource
    {
        private readonly float[] round = TestSignals.Mix(
            TestSignals.Join([.. Enumerable.Range(0, 8).SelectMany(i => new[] { TestSignals.Speech(3 * i), TestSignals.Silence(1.5) })]),
                TestSignals.WhiteNoise(7, 0.0005));

        private long position;

        public string Name => "endless";

        public int SampleRate => TestSignals.Rate;

        public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
        {
            long left = (long)(seconds * SampleRate) - position;
            int count = (int)Math.Min(left, buffer.Length);
            for (int i = 0; i < count; i++)
                buffer.Span[i] = round[(position + i) % round.Length];
            position += count;
            return ValueTask.FromResult(count);
        }

        public void Dispose()
        {
        }
    }
}
