using System.Buffers.Binary;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Tests.Audio;

internal sealed class AiffTests
{
    private const string Name = "clip.wav"; // two files of TESS are AIFF under such a name

    private readonly List<string> warnings = [];

    [SetUp]
    public void Forget() => warnings.Clear();

    private float[] Samples(byte[] file, int rate = 24414)
    {
        Waveform waveform = AudioFile.Decode(file, Name, new WarningLog(warnings.Add));
        Assert.That(waveform.SampleRate, Is.EqualTo(rate));
        return waveform.Samples;
    }

    [TestCase(null)]
    [TestCase("NONE")]
    [TestCase("twos")]
    public void Decode_Pcm16_IsBigEndian(string? compression) =>
        Assert.That(Samples(Aiff(compression, 1, 16, 2, 24414, Pcm16Big(-32768, 1, 32767))),
            Is.EqualTo(new[] { -1f, 1 / 32768f, 32767 / 32768f }));

    [Test]
    public void Decode_Sowt_IsLittleEndian() =>
        Assert.That(Samples(Aiff("sowt", 1, 16, 2, 24414, Pcm16(-32768, 1))), Is.EqualTo(new[] { -1f, 1 / 32768f }));

    [Test]
    public void Decode_Pcm8_IsSigned() =>
        Assert.That(Samples(Aiff(null, 1, 8, 1, 24414, [0x80, 0xFF, 0, 0x7F])), Is.EqualTo(new[] { -1f, -1 / 128f, 0, 127 / 128f }));

    [Test]
    public void Decode_Raw8_IsUnsigned() =>
        Assert.That(Samples(Aiff("raw ", 1, 8, 1, 24414, [0, 128])), Is.EqualTo(new[] { -1f, 0 }));

    [Test]
    public void Decode_Pcm24And32_AreExact()
    {
        float[] expected = [-1f, 1 / 8388608f];
        Assert.That(Samples(Aiff(null, 1, 24, 3, 24414, [0x80, 0, 0, 0, 0, 1])), Is.EqualTo(expected));
        Assert.That(Samples(Aiff("in24", 1, 24, 3, 24414, [0x80, 0, 0, 0, 0, 1])), Is.EqualTo(expected));
        Assert.That(Samples(Aiff("in32", 1, 32, 4, 24414, [0x80, 0, 0, 0, 0, 0, 1, 0])), Is.EqualTo(expected));
    }

    [Test]
    public void Decode_TwelveBits_StandInTheUpperOnes() =>
        Assert.That(Samples(Aiff(null, 1, 12, 2, 24414, Pcm16Big(0x4000, -16))), Is.EqualTo(new[] { 0.5f, -1 / 2048f }));

    [TestCase("fl32", 4)]
    [TestCase("FL32", 4)]
    [TestCase("fl64", 8)]
    [TestCase("FL64", 8)]
    public void Decode_Float_IsExact(string compression, int bytes)
    {
        byte[] data = new byte[bytes];
        if (bytes == 4)
            BinaryPrimitives.WriteSingleBigEndian(data, -0.3f);
        else
            BinaryPrimitives.WriteDoubleBigEndian(data, -0.3f);

        Assert.That(Samples(Aiff(compression, 1, 8 * bytes, bytes, 24414, data)), Is.EqualTo(new[] { -0.3f }));
    }

    [Test]
    public void Decode_Laws_FollowG711()
    {
        Assert.That(Samples(Aiff("alaw", 1, 16, 1, 8000, [0xAA]), 8000), Is.EqualTo(new[] { 32256 / 32768f }));
        Assert.That(Samples(Aiff("ulaw", 1, 16, 1, 8000, [0x00]), 8000), Is.EqualTo(new[] { -32124 / 32768f }));
    }

    [Test]
    public void Decode_Stereo_IsAveraged() =>
        Assert.That(Samples(Aiff(null, 2, 16, 2, 44100, Pcm16Big(100, 300)), 44100), Is.EqualTo(new[] { 200 / 32768f }));

    [TestCase(8000, 8000)]
    [TestCase(24414.0625, 24414)]
    [TestCase(95999.9, 96000)]
    public void Decode_ExtendedRate_IsRounded(double rate, int expected) =>
        Assert.That(Samples(Aiff(null, 1, 16, 2, rate, Pcm16Big(1)), expected), Has.Length.EqualTo(1));

    [Test]
    public void Decode_AifcWithoutCompressionField_IsPcm()
    {
        byte[] file = Form("AIFC", Chunk("FVER", U32(0xA2805140, true), big: true), Comm(1, 1, 16, 24414), Ssnd(Pcm16Big(16384)));

        Assert.That(Samples(file), Is.EqualTo(new[] { 0.5f }));
    }

    [Test]
    public void Decode_SoundBeforeFormat_IsFound()
    {
        byte[] file = Form("AIFF",
            Chunk("NAME", [65, 66, 67], big: true), Ssnd(Pcm16Big(1, 2), offset: 6), Comm(1, 2, 16, 24414), Chunk("ANNO", [65], big: true));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f }));
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void Decode_Truncated_ReadsToTheEndWithAWarning()
    {
        byte[] file = Form("AIFF", Comm(1, 8000, 16, 8000), Ssnd(new byte[8000], size: 16008));

        Assert.That(Samples(file, 8000), Has.Length.EqualTo(4000));
        Assert.That(warnings, Is.EqualTo(new[] { Name + ": truncated: 0.5 s of the 1 s that the header promises were read" }));
    }

    [TestCase(0, 0)]
    [TestCase(0, 12)]
    [TestCase(2, 0)]
    [TestCase(2, 0xFFFFFFFF)]
    public void Decode_IncompleteHeader_ReadsAllSamples(int frames, long size)
    {
        byte[] file = Form("AIFF", Comm(1, frames, 16, 24414), Ssnd(Pcm16Big(1, 2), size: size));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f }));
        Assert.That(warnings, Has.Count.EqualTo(frames == 0 ? 1 : 0));
    }

    [Test]
    public void Decode_WrongChunkSize_FindsTheSound()
    {
        byte[] file = Form("AIFF", Comm(1, 2, 16, 24414), Chunk("ANNO", [1, 2, 3, 4], 0xFFFFFF, big: true), Ssnd(Pcm16Big(1, 2)));

        Assert.That(Samples(file), Is.EqualTo(new[] { 1 / 32768f, 2 / 32768f }));
        Assert.That(warnings, Has.Count.EqualTo(1));
    }
}
