namespace SpeechEmotion.Features;

/// <summary>Room that one clip at a time is worked on in; only what holds a whole clip grows, and is given back when it was unusually long.</summary>
internal sealed class FeatureWorkspace
{
    private const int KeptFloats = 1 << 20;

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

    /// <summary>Log-mel values of the whole clip, where its loudest decides: [block of frames, band, lane].</summary>
    public AlignedFloats ClipMel { get; private set; } = new(0);

    /// <summary>Signs of the whole clip.</summary>
    public ulong[] Crossings { get; private set; } = [];

    /// <summary>Peaks of the whole clip, where its tuning is estimated.</summary>
    public TuningPeaks Peaks { get; } = new();

    /// <summary>Salience of every candidate of pitch in the whole clip: [frame, candidate].</summary>
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

    /// <summary>Lets go of what a long recording needed.</summary>
    public void Shrink()
    {
        if (ClipMel.Length > KeptFloats)
            ClipMel = new AlignedFloats(0);
        if (Crossings.Length > KeptFloats)
            Crossings = [];
        if (Salience.Length > KeptFloats)
            Salience = [];
        Peaks.Clear();
    }
}
