using SpeechEmotion.Tests.Audio;

namespace SpeechEmotion.Tests.Support;

/// <summary>A folder that is deleted after the test, with empty files and small WAVE files on request.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("speech-emotion-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes empty files, with their folders.</summary>
    public TemporaryFolder Touch(params IReadOnlyList<string> relatives)
    {
        foreach (string relative in relatives)
            Write(relative, []);
        return this;
    }

    public void Write(string relative, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], content);
    }

    /// <summary>
    /// Writes samples as 16-bit mono WAVE; <paramref name="extra"/> puts an unknown chunk of that many bytes before them.
    /// </summary>
    public void WriteWav(string relative, float[] samples, int rate = 16000, int extra = 0)
    {
        byte[] unknown = extra == 0 ? [] : SoundBytes.Chunk("note", new byte[extra]);
        byte[] data = SoundBytes.Pcm16(Array.ConvertAll(samples, x => (short)Math.Clamp(MathF.Round(x * 32768), -32768, 32767)));
        byte[] format = SoundBytes.Chunk("fmt ", SoundBytes.Format(1, 1, rate, 16));
        Write(relative, SoundBytes.Riff(format, unknown, SoundBytes.Chunk("data", data)));
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
