using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>What <see cref="TensorOperatorTests"/> must find: tensor code as it must not be written. Never run.</summary>
internal static class TensorOperatorSample
{
    public static Tensor CompoundSum(Tensor x, Tensor y)
    {
        x += y; // the analyzer of banned symbols does not see compound assignment
        return x;
    }

    public static Tensor CompoundProduct(Tensor x)
    {
        x *= 2f;
        return x;
    }

#pragma warning disable RS0030 // banned on purpose: the scan has to find what the analyzer is told to overlook
    public static Tensor ImplicitScalar(Tensor x) => x.mul(2f);
#pragma warning restore RS0030

    public static Tensor UnheldScalar(Tensor x) => x.mul(2f.ToScalar());

    public static Tensor LocalScalar(Tensor x)
    {
        Scalar factor = 2f.ToScalar();
        return x.mul(factor).mul(factor);
    }

    public static Tensor HeldScalar(Tensor x)
    {
        using Scalar factor = 2f.ToScalar();
        return x.mul(factor);
    }
}
