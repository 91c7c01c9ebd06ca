using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Tests.Support;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Tests.Audio;

internal sealed class AudioReaderTests
{
    // A WAVE header of unknown length, mono, 16-bit, 16 kHz, for printf.
    private const string WaveHeader = @"RIFF\377\377\377\377WAVE"
        + @"fmt \020\000\000\000\001\000\001\000\200\076\000\000\000\175\000\000\002\000\020\000"
        + @"data\377\377\377\377";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    private static byte[] Noise(int bytes)
    {
        byte[] noise = new byte[bytes];
        new Random(3).NextBytes(noise);
        return noise;
    }

    private static IEnumerable<TestCaseData> Files()
    {
        byte[] format = Chunk("fmt ", Format(1, 2, 48000, 24));
        yield return new TestCaseData(Riff(format, Chunk("data", Noise(300_006)))).SetArgDisplayNames("stereo, 24 bits");
        yield return new TestCaseData(Riff(format, Chunk("data", Noise(300_006), 900_000))).SetArgDisplayNames("truncated");
        yield return new TestCaseData(Riff(format, Chunk("data", Noise(300_003)))).SetArgDisplayNames("half a frame");
        yield return new TestCaseData(Riff(format, Chunk("data", Noise(300_006), 150_000))).SetArgDisplayNames("more after the data");
        yield return new TestCaseData(Aiff("sowt", 2, 16, 2, 44100, Noise(200_000))).SetArgDisplayNames("AIFF-C");
        yield return new TestCaseData(Wav(7, 1, 8000, 8, Noise(1))).SetArgDisplayNames("one sample");
    }

    [TestCaseSource(nameof(Files))]
    public void Read_PiecesOfAnySize_EqualTheWholeFileAndItsWarnings(byte[] file)
    {
        string path = folder["a.wav"];
        File.WriteAllBytes(path, file);
        List<string> expectedWarnings = [];
        Waveform expected = AudioFile.Read(path, new WarningLog(expectedWarnings.Add));
        foreach (int size in new[] { 1, 479, 4096, 1_000_000 })
        {
            List<string> warnings = [];
            using AudioReader reader = AudioReader.Open(path, new WarningLog(warnings.Add));

            Assert.That(ReadAll(reader, size), Is.EqualTo(expected.Samples));
            Assert.That(reader.SampleRate, Is.EqualTo(expected.SampleRate));
            Assert.That(warnings, Is.EqualTo(expectedWarnings));
            Assert.That(reader.Read(new float[1]), Is.Zero);
            Assert.That(warnings, Is.EqualTo(expectedWarnings), "nothing is reported twice");
        }
    }

    [Test]
    public void Read_LongFile_TakesMemoryForABlockOnly()
    {
        string path = folder["long.wav"];
        using (FileStream file = File.Create(path))
        {
            file.Write(Riff(Chunk("fmt ", Format(1, 2, 48000, 16)), Chunk("data", [], 1L << 31)));
            file.SetLength(1L << 31); // 3 hours, which take no place on the disk
        }
        float[] buffer = new float[48000];
        using AudioReader reader = AudioReader.Open(path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Assert.That(reader.Read(buffer), Is.EqualTo(buffer.Length));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    [Test]
    public void Read_BadSampleFarIn_IsFoundWhereItIs()
    {
        string path = folder["a.wav"];
        File.WriteAllBytes(path, Wav(3, 1, 16000, 32, Join(new byte[16000 * 4], BitConverter.GetBytes(float.NaN), new byte[40])));
        using AudioReader reader = AudioReader.Open(path);
        float[] buffer = new float[8000];

        Assert.That(reader.Read(buffer), Is.EqualTo(8000));
        Assert.That(() => reader.Read(new float[16000]), Throws.TypeOf<InvalidDataException>()
            .With.Message.EqualTo($"{path}: sample 16000 (at 1 s) is NaN: must be a finite number up to ±2^31 (at byte 64044)"));
        Assert.That(() => reader.Read(buffer), Throws.InvalidOperationException, "not the end of the file");
    }

    [TestCase(new byte[0], "the file is empty")]
    [TestCase(new byte[] { 1, 2 }, "a file of 2 bytes holds no sound")]
    public void Open_NoAudio_IsRefusedAndLeavesTheFileFree(byte[] content, string fault)
    {
        string path = folder["a.wav"];
        File.WriteAllBytes(path, content);

        Assert.That(() => AudioReader.Open(path), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"{path}: {fault}"));
        new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Test]
    public void Open_HeaderOnly_IsRefusedBeforeTheFirstRead()
    {
        string path = folder["a.wav"];
        File.WriteAllBytes(path, Wav16(16000));

        Assert.That(() => AudioReader.Open(path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("no samples"));
    }

    [Test]
    public void Dispose_HalfRead_FreesTheFile()
    {
        string path = folder["a.wav"];
        File.WriteAllBytes(path, Wav16(16000, new short[50_000]));
        AudioReader reader = AudioReader.Open(path);
        _ = reader.Read(new float[10]);
        reader.Dispose();

        new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        Assert.That(() => reader.Read(new float[20_000]), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Read_Cancelled_Throws()
    {
        string path = folder["a.wav"];
        File.WriteAllBytes(path, Wav16(16000, new short[50_000]));
        using AudioReader reader = AudioReader.Open(path);

        Assert.That(() => reader.Read(new float[10], new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(reader.Read(new float[10]), Is.EqualTo(10));
    }

    [Test, Platform(Exclude = "Win")]
    public void Open_NamedPipe_IsReadLikeAFileOrRefused()
    {
        using (Process made = Process.Start("mkfifo", [folder["pipe.wav"]]))
            made.WaitForExit();
        byte[] file = Aiff("sowt", 1, 16, 2, 44100, Noise(200_000)); // its reader needs to seek
        Task writing = Task.Run(() => File.WriteAllBytes(folder["pipe.wav"], file));

        Assert.That(() => AudioReader.Open(folder["pipe.wav"], refusePipes: true),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo($"{folder["pipe.wav"]}: the file is empty"));
        using AudioReader reader = AudioReader.Open(folder["pipe.wav"]);
        writing.Wait();
        Assert.That(ReadAll(reader, 1000), Is.EqualTo(AudioFile.Decode(file, "pipe.wav").Samples));
    }

    [Test, Platform(Exclude = "Win")]
    public void Dispose_EndlessFfmpeg_EndsItsProcess()
    {
        using (AudioReader reader = FakeFfmpeg($"printf '{WaveHeader}'\nexec cat /dev/zero\n"))
            Assert.That(reader.Read(new float[100_000]), Is.EqualTo(100_000));
        Assert.That(Runs, Is.False.After(5000, 50));
    }

    [Test, Platform(Exclude = "Win")]
    public void Read_CancelledWhileFfmpegSendsNothing_EndsItsProcess()
    {
        using AudioReader reader = FakeFfmpeg($"printf '{WaveHeader}'\nhead -c 65536 /dev/zero\nexec sleep 600\n");
        using var cancellation = new CancellationTokenSource(500);

        OperationCanceledException stopped = Assert.Catch<OperationCanceledException>(() => ReadAll(reader, 1000, cancellation.Token));
        Assert.That(stopped.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(Runs, Is.False.After(5000, 50));
        Assert.That(() => reader.Read(new float[1_000_000]), Throws.InvalidOperationException);
    }

    [Test, Platform(Exclude = "Win")]
    public void Open_Cancelled_EndsTheProcess()
    {
        using var cancellation = new CancellationTokenSource(500);

        Assert.That(() => FakeFfmpeg("exec sleep 600\n", cancellation: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Runs, Is.False.After(5000, 50));
    }

    [Test, Platform(Exclude = "Win")]
    public void Read_FfmpegHangsInTheMiddle_IsStoppedAndReported()
    {
        using AudioReader reader = FakeFfmpeg(
            $"printf '{WaveHeader}'\nhead -c 65536 /dev/zero\nexec sleep 600\n", TimeSpan.FromSeconds(1));

        Assert.That(() => ReadAll(reader, 1000),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("a.mp3: ffmpeg sent nothing for 1 s and was stopped"));
        Assert.That(Runs, Is.False.After(5000, 50));
    }

    [Test, Platform(Exclude = "Win")]
    public void Read_SlowReader_DoesNotCountAsAHungFfmpeg()
    {
        using AudioReader reader = FakeFfmpeg(
            $"printf '{WaveHeader}'\nhead -c 2000000 /dev/zero\n", TimeSpan.FromSeconds(1));
        Assert.That(reader.Read(new float[100_000]), Is.EqualTo(100_000));
        Thread.Sleep(1500);
        Assert.That(ReadAll(reader, 48000), Has.Count.EqualTo(900_000));
    }

    [Test, Platform(Exclude = "Win")]
    public void Read_FfmpegFailsInTheMiddle_PassesItsLastLineOnThere()
    {
        using AudioReader reader = FakeFfmpeg($"printf '{WaveHeader}'\nhead -c 200000 /dev/zero\necho the reason >&2\nexit 3\n");
        float[] buffer = new float[90_000];

        Assert.That(reader.Read(buffer), Is.EqualTo(90_000));
        Assert.That(() => reader.Read(buffer),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("a.mp3: ffmpeg cannot decode it: the reason"));
    }

    private static List<float> ReadAll(AudioReader reader, int size, CancellationToken cancellation = default)
    {
        List<float> all = [];
        float[] buffer = new float[size];
        int count;
        do
        {
            count = reader.Read(buffer, cancellation);
            all.AddRange(buffer[..count]);
        }
        while (count == size);
        return all;
    }

    private AudioReader FakeFfmpeg(string script, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        string program = folder["ffmpeg"];
        File.WriteAllText(program, "#!/bin/sh\necho $$ > \"$(dirname \"$0\")/pid\"\n" + script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        FileNotes notes = new("a.mp3", null);
        return AudioReader.OpenDecoded(Ffmpeg.Start(notes, "", folder.Path, patience ?? TimeSpan.FromSeconds(30), cancellation), notes);
    }

    private bool Runs()
    {
        try
        {
            using Process process = Process.GetProcessById(int.Parse(File.ReadAllText(folder["pid"])));
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
