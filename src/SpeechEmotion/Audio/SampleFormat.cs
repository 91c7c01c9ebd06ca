using System.Globalization;

namespace SpeechEmotion.Audio;

/// <summary>How one sample is written.</summary>
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

/// <summary>Interleaved samples as bytes.</summary>
/// <param name="Coding">How one sample is written.</param>
/// <param name="Bytes">Bytes of one sample: 1 to 4, or 8 for float.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="Channels">Samples per frame.</param>
/// <param name="SampleRate">Frames per second.</param>
internal sealed record SampleFormat(SampleCoding Coding, int Bytes, bool BigEndian, int Channels, int SampleRate)
{
    /// <summary>More channels than any recording has: a header that claims them is damaged.</summary>
    public const int MaxChannels = 1024;

    /// <summary>Below it no speech is left; resampled to 16 kHz, a file at 1 Hz would grow 16,000-fold.</summary>
    public const int MinRate = 1000;

    /// <summary>Above it there is no sound: a header that claims it is damaged.</summary>
    public const int MaxRate = 1_000_000;

    /// <summary>Bytes of one sample of every channel, at most 8,192.</summary>
    public int FrameBytes => Channels * Bytes;

    /// <summary>The rate in Hz, once it and the channel count are known to be possible.</summary>
    /// <param name="rate">Frames per second.</param>
    /// <param name="rateAt">The byte of the header that says so.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <param name="channelsAt">The byte of the header that says so.</param>
    /// <param name="notes">Names the file.</param>
    /// <exception cref="InvalidDataException">They are not.</exception>
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

/// <summary>What a file's header says about its samples; the stream stands at the first of them.</summary>
/// <param name="Format">How to read the samples; null when this program does not decode them itself.</param>
/// <param name="Name">The coding in words, for messages.</param>
/// <param name="DataBytes">Bytes of samples that the header promises; <see cref="ToTheEnd"/> when it does not know.</param>
/// <param name="Start">How many bytes stand before the first sample.</param>
internal sealed record SoundHeader(SampleFormat? Format, string Name, long DataBytes, long Start = 0)
{
    /// <summary>The samples go on to the end of the file.</summary>
    public const long ToTheEnd = -1;
}
