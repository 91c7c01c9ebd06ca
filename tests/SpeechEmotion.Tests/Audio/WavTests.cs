using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Tests.Audio;

internal sealed class WavTests
{
    private const string Name = "folder/clip.xyz"; // the name says nothing about the content

    private readonly List<string> warnings = [];

    [SetUp]
    public void Forget() => warnings.Clear();

    private float[] Samples(byte[] file, int rate = 16000)
    {
        Waveform waveform = AudioFile.Decode(file, Name, new WarningLog(warnings.Add));
        Assert.That(waveform.SampleRate, Is.EqualTo(rate));
        return waveform.Samples;
    }

    [Test]
    public void Decode_Pcm8_IsOffsetBinary() =>
        Assert.That(Samples(Wav(1, 1, 16000, 8, [0, 64, 128, 255])), Is.EqualTo(new[] { -1f, -0.5f, 0, 127 / 128f }));

    [Test]
    public void Decode_Pcm16_IsExact() =>
        Assert.That(Samples(Wav16(24414, -32768, -1, 0, 1, 32767), 24414),
            Is.EqualTo(new[] { -1f, -1 / 32768f, 0, 1 / 32768f, 32767 / 32768f }));

    [Test]
    public void Decode_Pcm24_IsExact() =>
        Assert.That(Samples(Wav(1, 1, 16000, 24, [0, 0, 0x80, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0xFF, 0xFF, 0x7F])),
            Is.EqualTo(new[] { -1f, -1 / 8388608f, 1 / 8388608f, 8388607 / 8388608f }));

    [Test]
    public void Decode_Pcm32_IsExact() =>
        Assert.That(Samples(Wav(1, 1, 16000, 32, Join(U32(0x80000000), U32(0x40000000), U32(0xFFFFFF80)))),
            Is.EqualTo(new[] { -1f, 0.5f, -128 / 2147483648f }));

    [Test]
    public void Decode_Float32_IsExact() =>
        Assert.That(Samples(Wav(3, 1, 16000, 32, Join(BitConverter.GetBytes(-1.5f), BitConverter.GetBytes(0.1f)))),
            Is.EqualTo(new[] { -1.5f, 0.1f }));

    [Test]
    public void Decode_Float64_IsRoundedToFloat() =>
        Assert.That(Samples(Wav(3, 1, 16000, 64, Join(BitConverter.GetBytes(-0.25), BitConverter.GetBytes(0.1)))),
            Is.EqualTo(new[] { -0.25f, 0.1f }));

    [Test] // values of ITU-T G.711, tables 1a and 1b, left-justified in 16 bits
    public void Decode_ALaw_FollowsG711() =>
        Assert.That(Samples(Wav(6, 1, 8000, 8, [0xD5, 0x55, 0xAA, 0x2A, 0xC5]), 8000),
            Is.EqualTo(new[] { 8, -8, 32256, -32256, 264 }.Select(v => v / 32768f)));

    [Test]
    public void Decode_MuLaw_FollowsG711() =>
        Assert.That(Samples(Wav(7, 1, 8000, 8, [0xFF, 0x7F, 0x80, 0x00, 0xFE]), 8000),
            Is.EqualTo(new[] { 0, 0, 32124, -32124, 8 }.Select(v => v / 32768f)));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(1024)]
    public void Decode_Channels_AreAveraged(int channels)
    {
        // Frame f holds the values f·1000 + c, whose mean is f·1000 + (channels − 1) / 2.
        short[] samples = Enumerable.Range(0, 3 * channels).Select(i => (short)(i / channels * 1000 + i % channels)).ToArray();
        float[] expected = Enumerable.Range(0, 3).Select(f => (float)((f * 1000 + (channels - 1) / 2.0) / 32768)).ToArray();

        Assert.That(Samples(Wav(1, channels, 16000, 16, Pcm16(samples))), Is.EqualTo(expected));
    }

    [Test]
    public void Decode_Extensible_UsesSubFormat()
    {
        byte[] pcm = Riff(Chunk("fmt ", Extensible(1, 1, 16000, 16, 16)), Chunk("data", Pcm16(-16384, 8192)));
        byte[] real = Riff(Chunk("fmt ", Extensible(3, 1, 16000, 32, 32)), Chunk("data", BitConverter.GetBytes(0.75f)));
        byte[] law = Riff(Chunk("fmt ", Extensible(7, 1, 16000, 8, 8)), Chunk("data", [0x80]));

        Assert.That(Samples(pcm), Is.EqualTo(new[] { -0.5f, 0.25f }));
        Assert.That(Samples(real), Is.EqualTo(new[] { 0.75f }));
        Assert.That(Samples(law), Is.EqualTo(new[] { 32124 / 32768f }));
    }

    [Test]
    public void Decode_ValidBitsBelowContainer_AreLeftJustified()
    {
        byte[] of24 = Riff(Chunk("fmt ", Extensible(1, 1, 16000, 32, 24)), Chunk("data", Join(U32(0x40000000), U32(0xFFFFFF00))));
        byte[] of12 = Riff(Chunk("fmt ", Format(1, 1, 16000, 12)), Chunk("data", Pcm16(0x4000, -16)));
        byte[] wide = Riff(Chunk("fmt ", Format(1, 1, 16000, 24, block: 4)), Chunk("data", U32(0x40000000)));

        Assert.That(Samples(of24), Is.EqualTo(new[] { 0.5f, -1 / 8388608f }));
        Assert.That(Samples(of12), Is.EqualTo(new[] { 0.5f, -1 / 2048f }));
        Assert.That(Samples(wide), Is.EqualTo(new[] { 0.5f }));
    }

    [Test]
    public void Decode_ChunksAround_ArePassedOver()
    {
        byte[] file = Riff(
            Chunk("FLLR", new byte[4000]), Chunk("odd ", [1, 2, 3]), Chunk("fmt ", Format(1, 1, 16000, 16)),
            Chunk("LIST", Ascii("INFOdata!")),
            Chunk("data", Pcm16(1, 2, 3)), Chunk("odd2", [9]), Chunk("LIST", new byte[10]));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f, 3 / 32768f }));
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void Decode_OddChunkWithoutPad_IsPassedOver()
    {
        byte[] file = Riff(Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("LIST", [1, 2, 3], pad: false), Chunk("data", Pcm16(5)));

        Assert.That(Samples(file), Is.EqualTo(new[] { 5 / 32768f }));
    }

    [Test]
    public void Decode_OddDataBeforeChunk_EndsWhereItEnds()
    {
        byte[] file = Riff(Chunk("fmt ", Format(1, 1, 16000, 8)), Chunk("data", [0, 128, 192]), Chunk("LIST", new byte[10]));

        Assert.That(Samples(file), Is.EqualTo(new[] { -1f, 0, 0.5f }));
        Assert.That(warnings, Is.Empty);
    }

    [TestCase("RF64")]
    [TestCase("BW64")]
    public void Decode_Rf64_TakesSizeFromDs64(string id)
    {
        byte[] ds64 = Chunk("ds64", Join(U64(0), U64(4), U64(2), U32(0)));
        byte[] file = RiffAs(id, 0xFFFFFFFF,
            ds64, Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2), 0xFFFFFFFF), Chunk("LIST", new byte[4]));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f }));
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void Decode_Rifx_IsBigEndian()
    {
        byte[] file = RiffAs("RIFX", Right, Chunk("fmt ", Format(1, 2, 16000, 16, big: true), big: true),
            Chunk("data", Pcm16Big(100, 300, -2, -4), big: true));

        Assert.That(Samples(file), Is.EqualTo(new[] { 200 / 32768f, -3 / 32768f }));
    }

    [TestCase(0L)]
    [TestCase(0xFFFFFFFFL)]
    [TestCase(17L)]
    public void Decode_WrongRiffSize_DoesNotMatter(long size)
    {
        byte[] file = RiffAs("RIFF", size, Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2)));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f }));
        Assert.That(warnings, Is.Empty);
    }

    [TestCase(0xFFFFFFFFL)] // ffmpeg into a pipe
    [TestCase(0xFFFFFFDBL)]
    [TestCase(0x7FFFF000L)] // SoX into a pipe
    [TestCase(0x80000000L)] // arecord into a pipe
    public void Decode_StreamedDataSize_ReadsToTheEnd(long size)
    {
        byte[] file = RiffAs("RIFF", 0xFFFFFFFF, Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2, 3), size));

        Assert.That(Samples(file), Has.Length.EqualTo(3));
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void Decode_DataSizeZero_ReadsToTheEndWithAWarning()
    {
        byte[] file = RiffAs("RIFF", 0, Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2, 3), 0));

        Assert.That(Samples(file), Has.Length.EqualTo(3));
        Assert.That(warnings, Has.Count.EqualTo(1));
        Assert.That(warnings[0], Does.StartWith(Name + ": ").And.Contains("never completed"));
    }

    [TestCase(0L)]
    [TestCase(0xFFFFFFFFL)]
    [TestCase(5000L)]
    public void Decode_WrongFmtSize_FindsTheData(long size)
    {
        byte[] file = Riff(Chunk("fmt ", Format(1, 1, 16000, 16), size), Chunk("data", Pcm16(1, 2, 3)));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f, 3 / 32768f }));
        Assert.That(warnings, Has.Count.EqualTo(1));
    }

    [TestCase(0xFFFFFFFFL)]
    [TestCase(0L)]
    [TestCase(3L)]
    public void Decode_WrongSizeOfUnknownChunk_FindsTheData(long size)
    {
        byte[] file = Riff(
            Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("LIST", [1, 0, 0, 0xFF, 7, 0xEE], size), Chunk("data", Pcm16(1, 2, 3)));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f, 3 / 32768f }));
        Assert.That(warnings, Has.Count.EqualTo(1));
    }

    [Test]
    public void Decode_Truncated_ReadsToTheEndWithAWarning()
    {
        byte[] file = Riff(Chunk("fmt ", Format(1, 1, 8000, 16)), Chunk("data", Pcm16(new short[4000]), 16000));

        Assert.That(Samples(file, 8000), Has.Length.EqualTo(4000));
        Assert.That(warnings, Is.EqualTo(new[] { Name + ": truncated: 0.5 s of the 1 s that the header promises were read" }));
    }

    [Test]
    public void Decode_PartOfAFrame_IsLeftOutWithAWarning()
    {
        byte[] file = Wav(1, 2, 16000, 16, [0, 0, 0, 64, 1, 2, 3]);

        Assert.That(Samples(file), Is.EqualTo(new[] { 0.25f }));
        Assert.That(warnings, Has.Count.EqualTo(1));
    }

    [Test]
    public void Decode_DataSizeTooSmall_StatesWhatItLeftOut()
    {
        byte[] file = Riff(Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(new short[100]), 20));

        Assert.That(Samples(file), Has.Length.EqualTo(10));
        Assert.That(warnings, Has.Count.EqualTo(1));
        Assert.That(warnings[0], Does.Contain("180 bytes"));
    }
}
