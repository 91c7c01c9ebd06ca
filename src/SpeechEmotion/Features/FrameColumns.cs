namespace SpeechEmotion.Features;

/// <summary>
/// Lays a stretch of a signal out as a table [hop, columns]: row r, column c holds sample c·hop + r, counted from half the
/// longest frame before the first sample. Sample j of consecutive frames then stands side by side in one row, whatever the
/// frame length, so that a vector load takes it from as many frames as there are lanes; each sample is moved only once,
/// however much frames overlap.
/// </summary>
internal sealed unsafe class FrameColumns
{
    private const int Tile = Transposition.Columns;
    private const int LineFloats = 16; // a cache line

    private readonly int hop;
    private readonly int halfLongest;
    private readonly int beyond;

    /// <param name="hop">Samples between frames.</param>
    /// <param name="longest">Length of the longest frame.</param>
    /// <param name="frames">Frames in the longest stretch.</param>
    public FrameColumns(int hop, int longest, int frames)
    {
        this.hop = hop;
        halfLongest = longest / 2;
        beyond = (longest - 1) / hop;
        // An odd number of cache lines a row puts the rows of one tile in different cache sets.
        int lines = (RoundUp(frames + beyond) + LineFloats - 1) / LineFloats;
        Stride = (lines | 1) * LineFloats;
    }

    /// <summary>Samples on each side of a centre that a frame covers at most.</summary>
    public int Reach => halfLongest;

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Floats that the table takes.</summary>
    public int TableLength => hop * Stride;

    /// <summary>Floats that the edges of a signal take before they are laid out.</summary>
    public int EdgeLength => Tile * hop;

    /// <summary>Where in the table sample <paramref name="index"/> of a centred frame of <paramref name="length"/> samples stands, for the stretch's first frame.</summary>
    public int Offset(int length, int index)
    {
        int position = halfLongest - length / 2 + index;
        return position % hop * Stride + position / hop;
    }

    /// <summary>Fills the table for a stretch of frames; zeros stand outside the signal.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="firstFrame">First frame of the stretch.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="edge">Room for <see cref="EdgeLength"/>.</param>
    /// <param name="table">Room for <see cref="TableLength"/>.</param>
    public void Fill(ReadOnlySpan<float> samples, int firstFrame, int frames, float* edge, float* table)
    {
        fixed (float* signal = samples)
        {
            int columns = RoundUp(frames + beyond);
            for (int column = 0; column < columns; column += Tile)
            {
                long first = (firstFrame + (long)column) * hop - halfLongest;
                bool inside = first >= 0 && first + EdgeLength <= samples.Length;
                if (!inside)
                    CopyPadded(samples, first, new Span<float>(edge, EdgeLength));
                Transposition.Apply(inside ? signal + first : edge, hop, table + column, Stride);
            }
        }
    }

    private static void CopyPadded(ReadOnlySpan<float> samples, long first, Span<float> target)
    {
        int before = (int)Math.Clamp(-first, 0, target.Length);
        int from = (int)Math.Clamp(first, 0, samples.Length);
        int count = Math.Min(samples.Length - from, target.Length - before);
        target[..before].Clear();
        samples.Slice(from, count).CopyTo(target[before..]);
        target[(before + count)..].Clear();
    }

    private static int RoundUp(int columns) => (columns + Tile - 1) / Tile * Tile;
}
