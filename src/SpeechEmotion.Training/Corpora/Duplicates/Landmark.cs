using System.Numerics;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// A loud moment of a recording: the changes of the level around it, and 256 signs of the waveform, every sixteenth in the second around
/// it. Distant signs make it unlikely that two utterances of one vowel at one pitch agree.
/// </summary>
/// <param name="Position">Position in signs from the start of the recording.</param>
/// <param name="Code">The changes of the level.</param>
/// <param name="Signs">The signs.</param>
internal readonly record struct Landmark(int Position, EnvelopeCode Code, SparseSigns Signs);

/// <summary>256 bits, one in every 16 of a sequence.</summary>
/// <param name="A">The first 64 bits.</param>
/// <param name="B">The next 64 bits.</param>
/// <param name="C">The next 64 bits.</param>
/// <param name="D">The last 64 bits.</param>
internal readonly record struct SparseSigns(ulong A, ulong B, ulong C, ulong D)
{
    private const int Stride = 16, Reach = 64 * Stride;

    /// <summary>Number of bits that are 1.</summary>
    public int Count => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    /// <summary>The bits around a position.</summary>
    public static SparseSigns Around(int position, SignSequence signs) => new(
        signs.From(position - 2 * Reach, Stride), signs.From(position - Reach, Stride), signs.From(position, Stride),
        signs.From(position + Reach, Stride));

    /// <summary>Number of unequal bits among those that are 1 in <paramref name="mask"/>.</summary>
    public int Distance(in SparseSigns other, in SparseSigns mask) => BitOperations.PopCount((A ^ other.A) & mask.A)
        + BitOperations.PopCount((B ^ other.B) & mask.B)
        + BitOperations.PopCount((C ^ other.C) & mask.C)
        + BitOperations.PopCount((D ^ other.D) & mask.D);
}
