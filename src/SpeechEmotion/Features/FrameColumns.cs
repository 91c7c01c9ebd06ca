namespace SpeechEmotion.Features;

/// <summary>
/// Arranges a section of a signal as a table [hop, columns]: row r, column c contains sample c·hop + r, counted from half the longest
/// frame before the first sample. Sample j of consecutive frames is then contiguous in one row for every frame length, so that one
/// vector load reads it for as many frames as there are lanes. Each sample is copied once, however much frames overlap.
/// </summary>
internal sealed unsafe class FrameColumns
{
    private const int Tile = Transposition.Columns;
    private const int LineFloats = 16; // floats per cache line

    private readonly int hop;
    private readonly int halfLongest;
    private readonly int beyond;

    /// <param name="hop">Hop in samples.</param>
    /// <param name="longest">Length of the longest frame in samples.</param>
    /// <param name="frames">Number of frames in the longest section.</param>
    public FrameColumns(int hop, int longest, int frames)
    {
        this.hop = hop;
        halfLongest = longest / 2;
        beyond = (longest - 1) / hop;
        // With an odd number of cache lines per row, the rows of a tile are in different cache sets.
        int lines = (RoundUp(frames + beyond) + LineFloats - 1) / LineFloats;
        Stride = (lines | 1) * LineFloats;
    }

    /// <summary>Number of samples on each side of its centre that a frame contains, at most.</summary>
    public int Reach => halfLongest;

    /// <summary>Number of floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Length of the table in floats.</summary>
    public int TableLength => hop * Stride;

    /// <summary>Length in floats of the buffer for the edges of a signal.</summary>
    public int EdgeLength => Tile * hop;

    /// <summary>
    /// Offset in the table of sample <paramref name="index"/> of a centred frame of <paramref name="length"/> samples, for the first
    /// frame of the section.
    /// </summary>
    public int Offset(int length, int index)
    {
        int position = halfLongest - length / 2 + index;
        return position % hop * Stride + position / hop;
    }

    /// <summary>Fills the table for a section of frames. Samples outside the signal are 0.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="firstFrame">Number of the first frame of the section.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="edge">Buffer of <see cref="EdgeLength"/> floats.</param>
    /// <param name="table">Result, <see cref="TableLength"/> floats.</param>
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
