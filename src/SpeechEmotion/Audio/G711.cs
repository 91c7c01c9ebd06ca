namespace SpeechEmotion.Audio;

/// <summary>The companding laws of ITU-T Recommendation G.711, as tables from a byte to a sample from −1 to 1.</summary>
internal static class G711
{
    private const float FullScale = 32768; // the expanded values are left-justified in 16 bits

    /// <summary>A-law: 13-bit samples in 8 bits.</summary>
    public static readonly float[] ALaw = Table(ExpandALaw);

    /// <summary>µ-law: 14-bit samples in 8 bits.</summary>
    public static readonly float[] MuLaw = Table(ExpandMuLaw);

    /// <summary>The µ-law byte of a sample from −1 to 1; samples beyond are clipped.</summary>
    public static byte EncodeMuLaw(float sample)
    {
        const int bias = 0x84, limit = 32635; // the largest magnitude whose biased value has 15 bits
        int value = (int)MathF.Round(Math.Clamp(sample, -1, 1) * FullScale);
        int magnitude = Math.Min(Math.Abs(value), limit) + bias;
        int segment = int.Log2(magnitude) - 7;
        int code = (segment << 4) | ((magnitude >> (segment + 3)) & 15);
        return (byte)~(value < 0 ? code | 0x80 : code);
    }

    private static float[] Table(Func<int, int> expand)
    {
        float[] table = new float[256];
        for (int code = 0; code < table.Length; code++)
            table[code] = expand(code) / FullScale;
        return table;
    }

    private static int ExpandALaw(int code)
    {
        code ^= 0x55; // even bits are inverted on the line
        int segment = (code >> 4) & 7;
        int step = ((code & 15) << 4) + 8; // the middle of the quantisation interval
        int magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int ExpandMuLaw(int code)
    {
        const int bias = 0x84;
        code = ~code; // all bits are inverted on the line
        int magnitude = ((((code & 15) << 3) + bias) << ((code >> 4) & 7)) - bias;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }
}
