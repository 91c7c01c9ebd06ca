using System.Globalization;

namespace SpeechEmotion.Audio;

/// <summary>Coding of one sample.</summary>
internal enum SampleCoding
{
    /// <summary>Two's complement, full scale at the container's most significant bit.</summary>
    Signed,
    /// <summary>Offset binary, 8 bits: silence is 128.</summary>
    Unsigned,
    /// <summary>IEEE 754, 4 or 8 bytes, full scale at 1.</summary>
    Float,
    /// <summary>ITU-T G.711 A-law, one byte.</summary>
    ALaw,
    /// <summary>ITU-T G.711 µ-law, one byte.</summary>
    MuLaw,
}

/// <summary>Format of interleaved samples as bytes.</summary>
/// <param name="Coding">Coding of one sample.</param>
/// <param name="Bytes">Bytes per sample: 1 to 4, or 8 for float.</param>
/// <param name="BigEndian">Whether samples are big-endian.</param>
/// <param name="Channels">Number of channels, which is the number of samples per frame.</param>
/// <param name="SampleRate">Frames per second (Hz).</param>
internal sealed record SampleFormat(SampleCoding Coding, int Bytes, bool BigEndian, int Channels, int SampleRate)
{
    /// <summary>Most channels. A header with more is damaged.</summary>
    public const int MaxChannels = 1024;

    /// <summary>
    /// Lowest sample rate in Hz. Below it no speech remains, and resampling from 1 Hz to 16 kHz would multiply the size by 16,000.
    /// </summary>
    public const int MinRate = 1000;

    /// <summary>Highest sample rate in Hz. A header with a higher one is damaged.</summary>
    public const int MaxRate = 1_000_000;

    /// <summary>Bytes per frame (one sample of each channel), at most 8,192.</summary>
    public int FrameBytes => Channels * Bytes;

    /// <summary>Checks sample rate and channel count of a header, and returns the rate rounded to whole Hz.</summary>
    /// <param name="rate">Frames per second.</param>
    /// <param name="rateAt">Offset of the rate in the header, in bytes.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <param name="channelsAt">Offset of the channel count in the header, in bytes.</param>
    /// <param name="notes">Names the file in errors.</param>
    /// <exception cref="InvalidDataException">The rate or the channel count is out of range.</exception>
    public static int CheckRate(double rate, long rateAt, int channels, long channelsAt, FileNotes notes)
    {
        if (channels is < 1 or > MaxChannels)
            throw notes.Fault(channelsAt, $"{channels} channels: must be 1 to {MaxChannels}");
        if (!(rate is >= MinRate and <= MaxRate))
            throw notes.Fault(rateAt, string.Create(CultureInfo.InvariantCulture,
                $"a sample rate of {rate:0.###} Hz: must be {MinRate} to {MaxRate} Hz"));
        return (int)Math.Round(rate);
    }
}

/// <summary>Content of the header of an audio file. After it is read, the stream is at the first sample.</summary>
/// <param name="Format">Format of the samples; null if the program does not decode it.</param>
/// <param name="Name">Name of the coding, for messages.</param>
/// <param name="DataBytes">
/// Length of the samples in bytes according to the header; <see cref="ToTheEnd"/> if the header does not state it.
/// </param>
/// <param name="Start">Offset of the first sample in bytes.</param>
internal sealed record SoundHeader(SampleFormat? Format, string Name, long DataBytes, long Start = 0)
{
    /// <summary>Value of <see cref="DataBytes"/> for samples up to the end of the file.</summary>
    public const long ToTheEnd = -1;
}
