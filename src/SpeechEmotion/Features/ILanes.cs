namespace SpeechEmotion.Features;

/// <summary>
/// A hardware vector of which every lane holds the same quantity of another frame. Each lane goes through the same scalar
/// operations (additions, products, fused multiply-adds, all rounded once), so results do not depend on the width.
/// </summary>
internal unsafe interface ILanes<TSelf> where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>Number of lanes, that is of frames worked on at once.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    void Store(float* target);

    /// <summary>The same value in every lane.</summary>
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

    /// <summary><paramref name="value"/>, where it is below <paramref name="limit"/> 1.</summary>
    static abstract TSelf OneBelow(TSelf value, TSelf limit);

    /// <summary>Bit i is set where lane i of <paramref name="here"/> is above <paramref name="limit"/> and <paramref name="below"/> and not under <paramref name="above"/>.</summary>
    static abstract uint Peaks(TSelf below, TSelf here, TSelf above, TSelf limit);

    /// <summary>Positive normal value = mantissa · 2^exponent with the mantissa from √½ to √2.</summary>
    static abstract void Split(TSelf value, out TSelf exponent, out TSelf mantissa);
}
