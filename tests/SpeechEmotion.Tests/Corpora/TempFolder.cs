using System.Buffers.Binary;

namespace SpeechEmotion.Tests.Corpora;

/// <summary>A folder for one test, with small sound files, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("speech-emotion-").FullName;

    public string Path { get; }

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes an empty file, with its folders.</summary>
    public TempFolder Touch(params IReadOnlyList<string> relatives)
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

    /// <summary>Writes samples as 16-bit mono WAVE; <paramref name="extra"/> puts an unknown chunk of that size before them.</summary>
    public void WriteWav(string relative, float[] samples, int rate = 16000, int extra = 0)
    {
        int before = extra == 0 ? 0 : 8 + extra;
        byte[] bytes = new byte[44 + before + 2 * samples.Length];
        Span<byte> at = bytes;
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(at[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(at[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(at[28..], 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(at[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(at[34..], 16);
        if (extra > 0)
        {
            "note"u8.CopyTo(at[36..]);
            BinaryPrimitives.WriteInt32LittleEndian(at[40..], extra);
        }
        at = at[(36 + before)..];
        "data"u8.CopyTo(at);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], 2 * samples.Length);
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(at[(8 + 2 * i)..], (short)Math.Clamp(MathF.Round(samples[i] * 32768), -32768, 32767));
        Write(relative, bytes);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
