using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Tests.Audio;

internal sealed class DamagedFileTests
{
    private const string Name = "corpus/bad.wav";

    private static string Fault(byte[] file)
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => AudioFile.Decode(file, Name));
        Assert.That(fault.Message, Does.StartWith(Name + ": ").And.Not.Contains("\n"));
        return fault.Message;
    }

    [Test]
    public void Decode_Empty_IsReported() => Assert.That(Fault([]), Is.EqualTo(Name + ": the file is empty"));

    [Test]
    public void Decode_FewBytes_IsReported() => Assert.That(Fault(Ascii("RIFF")), Does.Contain("4 bytes"));

    [Test]
    public void Decode_HeaderOnly_StatesNoSamples()
    {
        byte[] whole = Wav16(16000, 1, 2);
        for (int length = 12; length <= whole.Length - 4; length++)
            Assert.That(Fault(whole[..length]), Does.Contain("no samples").Or.Contains("fmt chunk"), $"{length} bytes");
        Assert.That(Fault(Wav16(16000)), Does.Contain("no samples"));
        Assert.That(Fault(Riff(Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", []), Chunk("LIST", new byte[8]))),
            Does.Contain("no samples"));
        Assert.That(Fault(Form("AIFF", Comm(1, 0, 16, 16000), Ssnd([]))), Does.Contain("no samples"));
        Assert.That(Fault(Form("AIFF", Comm(1, 5, 16, 16000))), Does.Contain("no samples"));
        Assert.That(Fault(Form("AIFF", Ssnd(new byte[10]))), Does.Contain("no COMM"));
    }

    [Test]
    public void Decode_Damage_NamesTheByte()
    {
        byte[] infinite = Join(Pcm16(0, 0, 0, 0), BitConverter.GetBytes(float.NaN));
        Assert.That(Fault(Wav(1, 0, 16000, 16, [0, 0])), Does.EndWith("(at byte 22)"));
        Assert.That(Fault(Wav(1, 1, 16, 16, [0, 0])), Does.EndWith("(at byte 24)"));
        Assert.That(Fault(Riff(Chunk("LIST", [1, 2]), Chunk("fmt ", Format(1, 1, 16, 16)))), Does.EndWith("(at byte 34)"));
        Assert.That(Fault(Riff(Chunk("fmt ", [1, 0]))), Does.EndWith("(at byte 20)"));
        Assert.That(Fault(Wav(3, 1, 16000, 32, infinite)), Does.EndWith("(at byte 52)"));
        Assert.That(Fault(Riff(Chunk("data", [0, 0]))), Does.EndWith("(at byte 12)"));
        Assert.That(Fault(Wav16(16000)), Does.EndWith("(at byte 44)"));
        Assert.That(Fault(Form("AIFF", Comm(0, 1, 16, 16000), Ssnd([0, 0]))), Does.EndWith("(at byte 20)"));
        Assert.That(Fault(Aiff(null, 1, 16, 2, 1, [0, 0])), Does.EndWith("(at byte 28)"));
        Assert.That(Fault(Aiff("fl32", 1, 32, 4, 16000, [0, 0, 0, 0, 0x7F, 0xC0, 0, 0])), Does.Match(@"sample 1 .*\(at byte \d+\)$"));
    }

    [Test]
    public void Decode_DataBeforeFormat_IsReported() => Assert.That(Fault(Riff(Chunk("data", Pcm16(1)))), Does.Contain("before any fmt"));

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.PositiveInfinity, "Infinity")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    [TestCase(1e20f, "1E+20")]
    public void Decode_NotFinite_NamesTheSample(float bad, string text)
    {
        byte[] file = Wav(3, 1, 16000, 32, Join(new byte[16000 * 4], BitConverter.GetBytes(bad), new byte[40]));

        Assert.That(Fault(file), Does.Contain($"sample 16000 (at 1 s) is {text}:"));
    }

    [Test]
    public void Decode_OppositeInfinities_AreNotHiddenByTheMean() =>
        Assert.That(Fault(Wav(3, 2, 16000, 32,
            Join(BitConverter.GetBytes(float.PositiveInfinity), BitConverter.GetBytes(float.NegativeInfinity)))),
            Does.Contain("sample 0"));

    [TestCase(0)]
    [TestCase(999)]
    [TestCase(1_000_001)]
    [TestCase(0xFFFFFFFF)]
    public void Decode_AbsurdRate_NamesIt(long rate) =>
        Assert.That(Fault(Riff(Chunk("fmt ", Format(1, 1, rate, 16)), Chunk("data", Pcm16(1)))), Does.Contain($"sample rate of {rate} Hz"));

    [TestCase(0)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(1e300)]
    public void Decode_AbsurdAiffRate_IsReported(double rate)
    {
        byte[] file = Aiff(null, 1, 16, 2, 16000, Pcm16Big(1));
        int at = 12 + 8 + 8; // FORM, COMM header, channels + frames + bits
        Span<byte> field = file.AsSpan(at, 10);
        field.Clear();
        if (rate > 0)
            field.Fill(rate == 1e300 ? (byte)0x7E : (byte)0x7F);

        Assert.That(Fault(file), Does.Contain("sample rate"));
    }

    [TestCase(0)]
    [TestCase(1025)]
    [TestCase(65535)]
    public void Decode_AbsurdChannels_NamesThem(int channels) =>
        Assert.That(Fault(Riff(Chunk("fmt ", Format(1, channels, 16000, 16, block: 2)), Chunk("data", Pcm16(1)))),
            Does.Contain($"{channels} channels"));

    [Test]
    public void Decode_FourGigabytesClaimed_AllocatesForTheBytesPresent()
    {
        byte[] ds64 = Chunk("ds64", Join(U64(1UL << 42), U64(1UL << 41), U64(1UL << 40), U32(0)));
        byte[][] files =
        [
            Riff(Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2), 0xF0000000)),
            RiffAs("RF64", 0xFFFFFFFF, ds64, Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2), 0xFFFFFFFF)),
            Form("AIFF", Comm(1, 0xFFFFFFFF, 16, 16000), Ssnd(Pcm16Big(1, 2), size: 0xFFFFFFF0)),
            Riff(Chunk("LIST", [], 0xFFFFFFFE), Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Pcm16(1, 2))),
        ];
        foreach (byte[] file in files)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Waveform waveform = AudioFile.Decode(file, Name);
            Assert.That(waveform.Samples, Has.Length.EqualTo(2));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
        }
    }

    [Test]
    public void Read_Missing_PassesTheIoError() => Assert.Throws<FileNotFoundException>(() => AudioFile.Read("no such file.wav"));

    [Test]
    public void Read_FileOnDisk_EqualsDecodedBytes()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, Wav16(24414, Enumerable.Range(0, 50000).Select(i => (short)(i * 7)).ToArray()));
            Waveform read = AudioFile.Read(path), decoded = AudioFile.Decode(File.ReadAllBytes(path), path),
                resampled = AudioFile.Read(path, 16000);

            Assert.That(read.Samples, Is.EqualTo(decoded.Samples));
            Assert.That(resampled.SampleRate, Is.EqualTo(16000));
            Assert.That(resampled.Samples, Has.Length.EqualTo(32769)); // ceil(50000 · 16000 / 24414)
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test, Platform(Exclude = "Win")]
    public void ReadBytes_PipeOrDeviceInAFolder_IsNotOpened()
    {
        using var folder = new TemporaryFolder();
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder["pipe.wav"]]))
            made.WaitForExit();
        File.CreateSymbolicLink(folder["zero.wav"], "/dev/zero");
        File.WriteAllBytes(folder["real.wav"], [1]);
        File.CreateSymbolicLink(folder["link.wav"], folder["real.wav"]);
        foreach (string name in new[] { "pipe.wav", "zero.wav" })
            Assert.That(() => AudioFile.ReadBytes(folder[name]),
                Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"{folder[name]}: the file is empty"));
        Assert.That(AudioFile.ReadBytes(folder["link.wav"]), Has.Length.EqualTo(1));
    }

    [Test]
    public void TryOpen_MutatedFiles_FailInOneWayOnly()
    {
        byte[] ds64 = Chunk("ds64", Join(U64(0), U64(400), U64(2), U32(0)));
        byte[][] seeds =
        [
            Wav16(16000, new short[200]),
            Riff(Chunk("LIST", [1, 2, 3]), Chunk("fmt ", Extensible(3, 2, 48000, 32, 32)), Chunk("data", new byte[400]),
                Chunk("LIST", [1])),
            RiffAs("RF64", 0xFFFFFFFF, ds64, Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", new byte[400], 0xFFFFFFFF)),
            Form("AIFC", Comm(2, 100, 16, 44100, "sowt"), Ssnd(new byte[400])),
            Form("AIFF", Ssnd(new byte[400]), Comm(2, 100, 16, 44100)),
        ];
        Random random = new(5);
        int read = 0, refused = 0;
        for (int round = 0; round < 10000; round++)
        {
            byte[] file = (byte[])seeds[round % seeds.Length].Clone();
            for (int change = random.Next(1, 6); change > 0; change--)
                file[random.Next(12, Math.Min(file.Length, 120))] = (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(2) * 255);
            if (random.Next(3) == 0)
                Array.Resize(ref file, random.Next(file.Length));
            try
            {
                using MemoryStream stream = new(file);
                MonoReader? decoder = AudioReader.TryOpen(stream, new FileNotes(Name, null), out _);
                while (decoder?.Next() is { Length: > 0 } block)
                    Assert.That(block.ToArray().All(float.IsFinite));
                read++;
            }
            catch (InvalidDataException fault) when (fault.Message.StartsWith(Name + ": ", StringComparison.Ordinal))
            {
                refused++;
            }
        }
        Assert.That(read, Is.GreaterThan(1000));
        Assert.That(refused, Is.GreaterThan(1000));
    }
}
