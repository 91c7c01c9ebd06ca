using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;

namespace SpeechEmotion.Tests.Audio;

public class PcmSourceTests
{
    private static readonly byte[] Three = SoundBytes.Pcm16(16384, -16384, 8192);

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(1000)]
    public async Task ReadAsync_RawBytesInAnyChunks_AreTheSamples(int chunk)
    {
        using PcmSource source = PcmSource.Raw(new Trickle(Three, chunk), "pipe", 16000);
        Assert.That(await ReadAll(source), Is.EqualTo(new[] { 0.5f, -0.5f, 0.25f }));
    }

    [Test]
    public async Task ReadAsync_StereoFloat_IsAveraged()
    {
        byte[] bytes = [.. new[] { 0.5f, 0.25f, -1f, 0f }.SelectMany(BitConverter.GetBytes)];
        using PcmSource source = PcmSource.Raw(new Trickle(bytes, 5), "pipe", 48000, channels: 2, isFloat: true);
        Assert.That(await ReadAll(source), Is.EqualTo(new[] { 0.375f, -0.5f }));
    }

    [Test]
    public async Task ReadAsync_OddByteAtTheEnd_IsLeftOutWithAWarning()
    {
        var warnings = new List<string>();
        using PcmSource source = PcmSource.Raw(new Trickle([.. Three, 7], 2), "pipe", 16000, logger: new WarningLog(warnings.Add));
        Assert.That(await ReadAll(source), Has.Count.EqualTo(3));
        Assert.That(warnings, Is.EqualTo(new[] { "pipe: the last 1 bytes are no whole frame of 2 bytes and were left out" }));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void ReadAsync_NothingOrLessThanASample_IsRefused(int bytes)
    {
        using PcmSource source = PcmSource.Raw(new Trickle(new byte[bytes], 1), "pipe", 16000);
        Assert.That(() => ReadAll(source), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("pipe: no samples arrived"));
    }

    [Test]
    public void ReadAsync_NotANumber_NamesTheSample()
    {
        byte[] bytes = [.. new[] { 0.5f, float.NaN }.SelectMany(BitConverter.GetBytes)];
        using PcmSource source = PcmSource.Raw(new Trickle(bytes, 4), "pipe", 16000, isFloat: true);
        Assert.That(() => ReadAll(source), Throws.TypeOf<InvalidDataException>().With.Message.Contains("pipe: sample 1 "));
    }

    [TestCase(0L)]
    [TestCase(0xFFFFFFFFL)]
    [TestCase(0x7FFFFFFFL)]
    [TestCase(SoundBytes.Right)]
    public async Task WavAsync_LengthLeftOpenOrRight_IsReadToItsEnd(long size)
    {
        byte[] file = SoundBytes.Riff(SoundBytes.Chunk("fmt ", SoundBytes.Format(1, 1, 24414, 16)), SoundBytes.Chunk("data", Three, size));
        using PcmSource source = await PcmSource.WavAsync(new Trickle(file, 3), "pipe");
        Assert.That(source.SampleRate, Is.EqualTo(24414));
        Assert.That(await ReadAll(source), Is.EqualTo(new[] { 0.5f, -0.5f, 0.25f }));
    }

    [Test]
    public async Task WavAsync_ChunkBehindTheSamples_IsNoSound()
    {
        byte[] file = SoundBytes.Riff(SoundBytes.Chunk("fmt ", SoundBytes.Format(1, 1, 16000, 16)), SoundBytes.Chunk("data", Three),
            SoundBytes.Chunk("LIST", new byte[10]));
        using PcmSource source = await PcmSource.WavAsync(new Trickle(file, 1000), "pipe");
        Assert.That(await ReadAll(source), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task WavAsync_Truncated_IsReadWithAWarning()
    {
        var warnings = new List<string>();
        byte[] file = SoundBytes.Riff(SoundBytes.Chunk("fmt ", SoundBytes.Format(1, 1, 16000, 16)), SoundBytes.Chunk("data", Three, 1000));
        using PcmSource source = await PcmSource.WavAsync(new Trickle(file, 1000), "pipe", new WarningLog(warnings.Add));
        Assert.That(await ReadAll(source), Has.Count.EqualTo(3));
        Assert.That(warnings, Has.One.Contains("truncated"));
    }

    [Test]
    public async Task WavAsync_HeaderOnly_IsRefused()
    {
        byte[] file = SoundBytes.Riff(SoundBytes.Chunk("fmt ", SoundBytes.Format(1, 1, 16000, 16)), SoundBytes.Chunk("data", []));
        using PcmSource source = await PcmSource.WavAsync(new Trickle(file, 1000), "pipe");
        Assert.That(() => ReadAll(source), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("pipe: no samples arrived"));
    }

    [TestCase(0, "pipe: nothing arrived")]
    [TestCase(11, "pipe: no WAVE stream; for raw samples give their rate, for example --stdin 16000")]
    [TestCase(20, "pipe: no WAVE stream; for raw samples give their rate, for example --stdin 16000")]
    public void WavAsync_NoWave_IsReported(int bytes, string message) =>
        Assert.That(() => PcmSource.WavAsync(new Trickle(new byte[bytes], 4), "pipe"),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));

    [Test]
    public void WavAsync_HtmlPage_IsNamed() =>
        Assert.That(() => PcmSource.WavAsync(new Trickle("<!DOCTYPE html><html><body>Log in</body></html>"u8.ToArray(), 1000), "pipe"),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("pipe: an HTML page, not sound"));

    [Test]
    public async Task Raw_WhatIsNoSamples_IsReadWithAWarning()
    {
        byte[] wave = SoundBytes.Riff(
            SoundBytes.Chunk("fmt ", SoundBytes.Format(1, 1, 16000, 16)), SoundBytes.Chunk("data", new byte[200]));
        byte[] text = System.Text.Encoding.ASCII.GetBytes(new string('x', 100));
        Assert.That(await Warnings(wave), Has.One.Contains("WAVE stream"));
        Assert.That(await Warnings(text), Has.One.Contains("a text file, not sound"));
        Assert.That(await Warnings(new byte[200]), Is.Empty, "silence");

        static async Task<List<string>> Warnings(byte[] bytes)
        {
            var warnings = new List<string>();
            using PcmSource source = PcmSource.Raw(new Trickle(bytes, 1000), "pipe", 16000, logger: new WarningLog(warnings.Add));
            while (await source.ReadAsync(new float[1000], CancellationToken.None) > 0)
                continue;
            return warnings;
        }
    }

    [Test]
    public void ReadAsync_StalledInput_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource(50);
        using PcmSource source = PcmSource.Raw(new Stalled(), "pipe", 16000);
        Assert.That(async () => await source.ReadAsync(new float[100], cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<List<float>> ReadAll(PcmSource source)
    {
        var all = new List<float>();
        float[] buffer = new float[2];
        while (await source.ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
            all.AddRange(buffer[..count]);
        return all;
    }

    /// <summary>A pipe: it cannot seek, and gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int chunk) : ForwardStream
    {
        private int position;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int got = Math.Min(Math.Min(chunk, count), bytes.Length - position);
            bytes.AsSpan(position, got).CopyTo(buffer.AsSpan(offset));
            position += got;
            return got;
        }
    }

    /// <summary>A pipe to which nobody writes, whose wait cannot be cancelled.</summary>
    private sealed class Stalled : ForwardStream
    {
        private readonly ManualResetEventSlim never = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            never.Wait();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            never.Set();
            base.Dispose(disposing);
        }
    }
}
