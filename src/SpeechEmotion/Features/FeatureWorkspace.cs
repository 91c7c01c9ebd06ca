namespace SpeechEmotion.Features;

/// <summary>
/// Buffers for the computation of one clip at a time. Buffers for a whole clip grow as needed and are freed after an unusually long
/// clip.
/// </summary>
internal sealed class FeatureWorkspace
{
    private const int MaxKept = 1 << 20; // elements of a buffer that is kept between clips

    public FeatureWorkspace(int edge, int table, int transform, int power, int mel, int cepstrum, int chroma)
    {
        Edge = new AlignedFloats(edge);
        Table = new AlignedFloats(table);
        Transform = new AlignedFloats(transform);
        Power = new AlignedFloats(power);
        Mel = new AlignedFloats(mel);
        Cepstrum = new AlignedFloats(cepstrum);
        Chroma = new AlignedFloats(chroma);
    }

    public AlignedFloats Edge { get; }

    public AlignedFloats Table { get; }

    public AlignedFloats Transform { get; }

    public AlignedFloats Power { get; }

    public AlignedFloats Mel { get; }

    public AlignedFloats Cepstrum { get; }

    public AlignedFloats Chroma { get; }

    /// <summary>Log-mel values of the whole clip, if its maximum limits them: [block of frames, band, lane].</summary>
    public AlignedFloats ClipMel { get; private set; } = new(0);

    /// <summary>Zero crossings of the whole clip, one bit per sample.</summary>
    public ulong[] Crossings { get; private set; } = [];

    /// <summary>Spectral peaks of the whole clip, for the estimation of its tuning.</summary>
    public TuningPeaks Peaks { get; } = new();

    /// <summary>Salience of each pitch candidate in the whole clip: [frame, candidate].</summary>
    public float[] Salience { get; private set; } = [];

    public void NeedSalience(int length)
    {
        if (Salience.Length < length)
            Salience = new float[length];
    }

    public void NeedClipMel(int length)
    {
        if (ClipMel.Length < length)
            ClipMel = new AlignedFloats(length);
    }

    public void NeedCrossings(int words)
    {
        if (Crossings.Length < words)
            Crossings = new ulong[words];
    }

    /// <summary>Frees the buffers of an unusually long clip.</summary>
    public void Shrink()
    {
        if (ClipMel.Length > MaxKept)
            ClipMel = new AlignedFloats(0);
        if (Crossings.Length > MaxKept)
            Crossings = [];
        if (Salience.Length > MaxKept)
            Salience = [];
        Peaks.Clear();
    }
}
