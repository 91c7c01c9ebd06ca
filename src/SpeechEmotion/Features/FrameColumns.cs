namespace SpeechEmotion.Features;

/// <summary>
/// Lays a stretch of a signal out as a table [hop, columns]: row r, column c holds sample c·hop + r, counted from half the
/// longest frame before the first sample. Sample j of consecutive frames then stands side by side in one row, whatever the
/// frame length, so that a vector load takes it from as many frames as there are lanes; each sample is moved only once,
/// however much frames overlap.
/// </summary>
internal sealed unsafe class FrameColumns
{
    private const int Tile = 16;

    private readonly int hop;
    private readonly int halfLongest;

    /// <param name="hop">Samples between frames.</param>
    /// <param name="longest">Length of the longest frame.</param>
    /// <param name="frames">Frames in one stretch.</param>
    public FrameColumns(int hop, int longest, int frames)
    {
        this.hop = hop;
        halfLongest = longest / 2;
        Columns = frames + (longest - 1) / hop;
        // An odd number of cache lines a row keeps the rows of one tile in different cache sets.
        int lines = (Columns + Tile - 1) / Tile;
        Stride = (lines | 1) * Tile;
    }

    /// <summary>Columns that one stretch fills.</summary>
    public int Columns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Floats that the table takes.</summary>
    public int TableLength => hop * Stride;

    /// <summary>Floats that the stretch takes before it is laid out.</summary>
    public int LineLength => Columns * hop;

    /// <summary>Where in the table sample <paramref name="index"/> of a centred frame of <paramref name="length"/> samples stands, for the stretch's first frame.</summary>
    public int Offset(int length, int index)
    {
        int position = halfLongest - length / 2 + index;
        return position % hop * Stride + position / hop;
    }

    /// <summary>Fills the table for the stretch that begins with <paramref name="firstFrame"/>; zeros stand outside the signal.</summary>
    public void Fill(ReadOnlySpan<float> samples, int firstFrame, float* line, float* table)
    {
        Span<float> target = new(line, LineLength);
        long first = (long)firstFrame * hop - halfLongest;
        int before = (int)Math.Min(Math.Max(-first, 0), target.Length);
        int from = (int)Math.Max(first, 0);
        int inside = Math.Clamp(samples.Length - from, 0, target.Length - before);
        target[..before].Clear();
        if (inside > 0)
            samples.Slice(from, inside).CopyTo(target[before..]);
        target[(before + inside)..].Clear();
        Transpose(line, table);
    }

    private void Transpose(float* line, float* table)
    {
        for (int column = 0; column < Columns; column += Tile)
        {
            int last = Math.Min(column + Tile, Columns);
            for (int row = 0; row < hop; row++)
            {
                float* target = table + row * Stride;
                for (int c = column; c < last; c++)
                    target[c] = line[c * hop + row];
            }
        }
    }
}
