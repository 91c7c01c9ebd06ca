namespace SpeechEmotion.Features;

/// <summary>
/// A hardware vector whose lanes contain the same quantity of different frames. Each lane is computed by the same scalar operations
/// (additions, products, fused multiply-adds, all rounded once), so results do not depend on the width of the vector.
/// </summary>
internal unsafe interface ILanes<TSelf> where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>Number of lanes, which is the number of frames computed together.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    void Store(float* target);

    /// <summary>A vector with the same value in each lane.</summary>
    static abstract TSelf All(float value);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary><paramref name="value"/>, replaced by 1 where it is below <paramref name="limit"/>.</summary>
    static abstract TSelf OneBelow(TSelf value, TSelf limit);

    /// <summary>
    /// Bit i is set if lane i of <paramref name="here"/> is greater than <paramref name="limit"/> and <paramref name="below"/>, and not
    /// less than <paramref name="above"/>.
    /// </summary>
    static abstract uint Peaks(TSelf below, TSelf here, TSelf above, TSelf limit);

    /// <summary>Splits a positive normal value into mantissa · 2^exponent, with the mantissa from √½ to √2.</summary>
    static abstract void Split(TSelf value, out TSelf exponent, out TSelf mantissa);
}
