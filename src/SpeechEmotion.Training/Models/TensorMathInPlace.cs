using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>The in-place operations of <see cref="TensorMath"/>: x is overwritten and returned.</summary>
internal static class TensorMathInPlace
{
    /// <summary>x ← x + y · alpha.</summary>
    public static Tensor PlusInPlace(this Tensor x, Tensor y, double alpha)
    {
        using Scalar factor = alpha.ToScalar();
        return x.add_(y, factor);
    }

    /// <summary>x ← x + value.</summary>
    public static Tensor PlusInPlace(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.add_(number, TensorMath.One);
    }

    /// <summary>x ← x · value.</summary>
    public static Tensor TimesInPlace(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.mul_(number);
    }

    /// <summary>x ← x / value.</summary>
    public static Tensor OverInPlace(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.div_(number);
    }

    /// <summary>x ← x + a · b · value.</summary>
    public static Tensor AddcmulInPlace(this Tensor x, Tensor a, Tensor b, double value)
    {
        using Scalar number = value.ToScalar();
        return x.addcmul_(a, b, number);
    }

    /// <summary>x ← x + a / b · value.</summary>
    public static Tensor AddcdivInPlace(this Tensor x, Tensor a, Tensor b, double value)
    {
        using Scalar number = value.ToScalar();
        return x.addcdiv_(a, b, number);
    }
}
