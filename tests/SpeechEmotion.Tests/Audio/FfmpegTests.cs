using System.ComponentModel;
using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Tests.Support;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Tests.Audio;

internal sealed class FfmpegTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    /// <summary>Half a second of a stereo tone in another format, made by ffmpeg; skips the test when there is none.</summary>
    private string Encode(string name, string source, params string[] options)
    {
        string path = folder[name];
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-i", source, .. options, path]))!;
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, $"ffmpeg could not make {name}");
        }
        catch (Win32Exception)
        {
            Assert.Ignore("skipped: ffmpeg is not on this machine's PATH");
        }
        return path;
    }

    private string Tone(int rate)
    {
        short[] samples = new short[rate]; // two channels, the right one at half the level
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (short)(16000 / (1 + i % 2) * Math.Sin(2 * Math.PI * 440 * (i / 2) / rate));
        string path = folder["tone.wav"];
        File.WriteAllBytes(path, Wav(1, 2, rate, 16, Pcm16(samples)));
        return path;
    }

    [Test]
    public void Read_Flac_EqualsTheWaveToTheLastBit()
    {
        string wave = Tone(24414);
        string flac = Encode("tone.wav.misnamed", wave, "-f", "flac");
        List<string> warnings = [];

        Waveform expected = AudioFile.Read(wave), read = AudioFile.Read(flac, new WarningLog(warnings.Add));

        Assert.That(read.SampleRate, Is.EqualTo(24414));
        Assert.That(read.Samples, Is.EqualTo(expected.Samples));
        Assert.That(warnings, Is.Empty);
    }

    [TestCase("tone.mp3", 44100, 0.025f)] // LAME scales by 0.95
    [TestCase("tone.m4a", 48000, 0.01f)]
    [TestCase("adpcm.wav", 22050, 0.03f)] // a WAVE file in a coding that only ffmpeg knows
    public void Read_Compressed_HasTheTonesLevelAndRate(string name, int rate, float tolerance)
    {
        string file = Encode(name, Tone(rate), name.EndsWith(".wav", StringComparison.Ordinal) ? ["-c:a", "adpcm_ms"] : []);

        Waveform read = AudioFile.Read(file);

        Assert.That(read.SampleRate, Is.EqualTo(rate));
        Assert.That(read.Seconds, Is.EqualTo(0.5).Within(0.1));
        float[] middle = read.Samples[(rate / 8)..(rate * 3 / 8)];
        double level = Math.Sqrt(2 * middle.Average(s => (double)s * s));
        Assert.That(level, Is.EqualTo(12000 / 32768f).Within(tolerance)); // the mean of both channels
    }

    [TestCase("tone.mka", "-c:a", "flac")]
    [TestCase("tone.wv")]
    [TestCase("tone.mov", "-c:a", "pcm_s16le")]
    [TestCase("tone.avi", "-c:a", "pcm_s16le")]
    [TestCase("tone.mp2")]
    [TestCase("tone.mpg", "-c:a", "mp2")]
    [TestCase("tone.3gp", "-c:a", "aac")]
    [TestCase("tone.m4v", "-c:a", "aac", "-f", "mp4")]
    public void Read_FormatOfTheList_IsFoundInFoldersAndDecoded(string name, params string[] options)
    {
        string file = Encode(name, Tone(44100), options);

        Assert.That(AudioTree.Files(folder.Path), Is.EqualTo(new[] { name, "tone.wav" }.Order(StringComparer.Ordinal)));
        Assert.That(AudioFile.Read(file).Seconds, Is.EqualTo(0.5).Within(0.1));
    }

    [TestCase("adpcm_ima_wav", "a.wav")]
    [TestCase("pcm_f64be", "a.aiff")]
    [TestCase("pcm_s24le", "a.wav")]
    [TestCase("pcm_alaw", "a.wav")]
    [TestCase("pcm_mulaw", "a.aiff")]
    [TestCase("pcm_f32le", "a.wav")]
    public void Read_WhatFfmpegWrites_EqualsWhatFfmpegReads(string codec, string name)
    {
        string file = Encode(name, Tone(16000), "-c:a", codec);

        Waveform own = AudioFile.Read(file), through = Whole(Ffmpeg.Start(new FileNotes(file, null), ""), file);

        Assert.That(own.Samples, Is.EqualTo(through.Samples).Within(1e-7f));
    }

    [Test]
    public void Read_NoSound_PassesFfmpegsMessageOn()
    {
        _ = Encode("probe.flac", Tone(16000));
        string path = folder["broken.flac"];
        File.WriteAllBytes(path, [.. "fLaC"u8, .. Enumerable.Range(0, 4000).Select(i => (byte)(1 + (i * 7919 % 31)))]);

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => AudioFile.Read(path));

        Assert.That(fault.Message, Does.StartWith(path + ": ffmpeg cannot decode it: ").And.Not.Contains("\n"));
    }

    [Test]
    public void Read_TruncatedFlac_ReadsToTheEndWithAWarning()
    {
        string flac = Encode("tone.flac", Tone(44100));
        byte[] bytes = File.ReadAllBytes(flac);
        File.WriteAllBytes(flac, bytes[..(bytes.Length * 2 / 3)]);
        List<string> warnings = [];

        Waveform read = AudioFile.Read(flac, new WarningLog(warnings.Add));

        Assert.That(read.Samples, Has.Length.InRange(5000, 22050));
        Assert.That(warnings, Has.Count.EqualTo(1));
        Assert.That(warnings[0], Does.StartWith(flac + ": ffmpeg: "));
    }

    [Test]
    public void Decode_NoFfmpeg_StatesHowToInstallIt()
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(
            () => Ffmpeg.Start(new FileNotes("a.mp3", null), "a format other than WAVE and AIFF", folder.Path, Ffmpeg.Patience));

        Assert.That(fault.Message, Is.EqualTo(
            $"a.mp3: a format other than WAVE and AIFF is read through ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}"));
    }

    [TestCase("ID=ubuntu\nID_LIKE=debian\n", "install it with 'sudo apt install ffmpeg'")]
    [TestCase("NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "install it with 'sudo apt install ffmpeg'")]
    [TestCase("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "install it with 'sudo dnf install ffmpeg-free'")]
    [TestCase("ID=arch\n", "install it with 'sudo pacman -S ffmpeg'")]
    [TestCase("ID=alpine\n", "install it with 'sudo apk add ffmpeg'")]
    [TestCase("", "install the package ffmpeg of this system")]
    public void HintForLinux_OsRelease_NamesItsInstaller(string osRelease, string expected) =>
        Assert.That(FfmpegInstall.HintForLinux(osRelease), Is.EqualTo(expected));

    [Test]
    [Platform(Exclude = "Win")]
    public void Decode_HungFfmpeg_IsStopped()
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(
            () => FakeFfmpeg("echo $$ > \"$(dirname \"$0\")/pid\"\nsleep 600\n", TimeSpan.FromSeconds(3)));

        Assert.That(fault.Message, Is.EqualTo("a.mp3: ffmpeg sent nothing for 3 s and was stopped"));
        int id = int.Parse(File.ReadAllText(folder["pid"]));
        Assert.That(() => Runs(id), Is.False.After(5000, 50));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Decode_EndlessRubbish_IsStopped()
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(
            () => FakeFfmpeg("echo $$ > \"$(dirname \"$0\")/pid\"\nwhile true; do echo rubbish rubbish; done\n", TimeSpan.FromSeconds(30)));

        Assert.That(fault.Message, Does.StartWith("a.mp3: "));
        int id = int.Parse(File.ReadAllText(folder["pid"]));
        Assert.That(() => Runs(id), Is.False.After(5000, 50));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Decode_FailingFfmpeg_PassesItsLastLineOn()
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(
            () => FakeFfmpeg("echo first >&2\necho the reason >&2\nexit 3\n", TimeSpan.FromSeconds(30)));

        Assert.That(fault.Message, Is.EqualTo("a.mp3: ffmpeg cannot decode it: the reason"));
    }

    private Waveform FakeFfmpeg(string script, TimeSpan patience)
    {
        string program = folder["ffmpeg"];
        File.WriteAllText(program, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Whole(Ffmpeg.Start(new FileNotes("a.mp3", null), "", folder.Path, patience), "a.mp3");
    }

    private static Waveform Whole(FfmpegStream output, string name)
    {
        using AudioReader reader = AudioReader.OpenDecoded(output, new FileNotes(name, null));
        return reader.ReadToEnd(CancellationToken.None);
    }

    private static bool Runs(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
