using System.Buffers.Binary;
using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>Writes RIFF/WAVE files of 16-bit mono samples.</summary>
internal static class Pcm16File
{
    private const int HeaderBytes = 44;

    /// <summary>Writes a file, whole or not at all, and creates its folder if necessary. Samples beyond ±1 are clipped.</summary>
    public static void Write(string path, Waveform sound)
    {
        int dataBytes = checked(2 * sound.Samples.Length);
        var bytes = new byte[HeaderBytes + dataBytes];
        Span<byte> at = bytes;
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(at[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(at[22..], 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], sound.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(at[28..], 2 * sound.SampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(at[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(at[34..], 16);
        "data"u8.CopyTo(at[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[40..], dataBytes);
        for (int i = 0; i < sound.Samples.Length; i++)
        {
            // Audio readers divide by 32768.
            double value = Math.Round(Math.Clamp(sound.Samples[i], -1f, 1f) * 32768);
            BinaryPrimitives.WriteInt16LittleEndian(at[(HeaderBytes + (2 * i))..], (short)Math.Min(value, short.MaxValue));
        }
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
