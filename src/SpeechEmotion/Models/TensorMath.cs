using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// Tensor arithmetic that keeps its scalars alive during the native call. The program uses it instead of operators on tensors.
/// </summary>
/// <remarks>
/// A <see cref="Scalar"/> frees its native value in a finaliser, and nothing in TorchSharp 0.107.0 or in the runtime keeps a
/// temporary one alive while the native call reads it: a garbage collection at that moment causes a crash or a wrong number.
/// Constants are therefore static fields, and other values are disposed at the end of the method, which keeps them alive until then.
///
/// The method bodies of TorchSharp 0.107.0 were searched for every path to a Scalar's construction. Calls that create one internally:
/// add(Tensor) and add(Scalar) without alpha, addcdiv without value, square (it is pow(2)), elu, celu, softplus, arange with fewer
/// than three numbers, torch.normal(double, double, …), linalg.vector_norm and matrix_norm with a number; nn.functional's
/// leaky_relu, elu, celu, hardtanh, hardshrink, softshrink, softsign, softplus, mish, threshold and the modules of those names;
/// the module BatchNorm (it counts its batches with add_(1)); PReLU's constructor; all of optim, distributions and histogram;
/// and every operator + - * / % with a number, + with two tensors.
///
/// Calls that create none: conv1d, linear, matmul, bmm, einsum, LSTM, GRU, Conv1d, Linear, Dropout, LayerNorm, functional.batch_norm,
/// sum, mean, var, std, amax, max, argmax, norm, sqrt, rsqrt, exp, log, abs, neg, reciprocal, mul, div and sub of two tensors,
/// relu, gelu, silu, sigmoid, tanh, softmax, log_softmax, logsumexp, dropout, cross_entropy, nll_loss, backward, clip_grad_norm_,
/// cat, stack, index_select, gather, scatter, narrow, pad, where and eq, gt, lt of tensors, the pooling functions, zeros, ones,
/// rand, randn, randperm, the init functions, zero_, copy_. Calls that take a Scalar (masked_fill, fill_, full, clamp, pow, mul, …)
/// are safe only with one that is kept alive.
///
/// Tensors have finalisers too. A scope of NewDisposeScope keeps them alive, so tensor code runs inside one.
/// </remarks>
internal static class TensorMath
{
    /// <summary>Integer 0, for tensors of any type.</summary>
    public static readonly Scalar Zero = 0L.ToScalar();

    /// <summary>Integer 1, the factor alpha of an unscaled sum, for tensors of any type.</summary>
    public static readonly Scalar One = 1L.ToScalar();

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x + y · alpha.</summary>
    public static Tensor Plus(this Tensor x, Tensor y, double alpha)
    {
        using Scalar factor = alpha.ToScalar();
        return x.add(y, factor);
    }

    /// <summary>x + value.</summary>
    public static Tensor Plus(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.add(number, One);
    }

    /// <summary>x - y.</summary>
    public static Tensor Minus(this Tensor x, Tensor y) => x.sub(y);

    /// <summary>x - value.</summary>
    public static Tensor Minus(this Tensor x, double value) => x.Plus(-value);

    /// <summary>value - x.</summary>
    public static Tensor SubtractedFrom(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.neg().add_(number, One);
    }

    /// <summary>x · y, element by element.</summary>
    public static Tensor Times(this Tensor x, Tensor y) => x.mul(y);

    /// <summary>x · value.</summary>
    public static Tensor Times(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.mul(number);
    }

    /// <summary>x / y, element by element.</summary>
    public static Tensor Over(this Tensor x, Tensor y) => x.div(y);

    /// <summary>x / value.</summary>
    public static Tensor Over(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.div(number);
    }

    /// <summary>x · x.</summary>
    public static Tensor Squared(this Tensor x) => x.mul(x);

    /// <summary>x to the power of <paramref name="exponent"/>.</summary>
    public static Tensor ToThe(this Tensor x, double exponent)
    {
        using Scalar number = exponent.ToScalar();
        return x.pow(number);
    }

    /// <summary>max(x, <paramref name="min"/>).</summary>
    public static Tensor ClampMin(this Tensor x, double min)
    {
        using Scalar number = min.ToScalar();
        return x.clamp_min(number);
    }

    /// <summary>min(x, <paramref name="max"/>).</summary>
    public static Tensor ClampMax(this Tensor x, double max)
    {
        using Scalar number = max.ToScalar();
        return x.clamp_max(number);
    }

    /// <summary>x limited to [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static Tensor Clamp(this Tensor x, double min, double max)
    {
        using Scalar low = min.ToScalar();
        using Scalar high = max.ToScalar();
        return x.clamp(low, high);
    }

    /// <summary>x where positive, x · <paramref name="slope"/> elsewhere.</summary>
    public static Tensor LeakyRelu(this Tensor x, double slope)
    {
        using Scalar number = slope.ToScalar();
        return x.leaky_relu(number);
    }

    /// <summary>x with <paramref name="value"/> wherever the boolean <paramref name="mask"/> (broadcast to x) is set.</summary>
    public static Tensor MaskedFill(this Tensor x, Tensor mask, double value)
    {
        using Scalar number = value.ToScalar();
        return x.masked_fill(mask, number);
    }

    /// <summary>Boolean: x = value.</summary>
    public static Tensor IsEqualTo(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.eq(number);
    }

    /// <summary>Boolean: x &gt; value.</summary>
    public static Tensor IsAbove(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.gt(number);
    }

    /// <summary>Boolean: x &lt; value.</summary>
    public static Tensor IsBelow(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.lt(number);
    }

    /// <summary>A tensor of <paramref name="shape"/> with all elements equal to <paramref name="value"/>.</summary>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        using Scalar number = value.ToScalar();
        return full(shape, number, dtype, device);
    }

    /// <summary>0, 1, … count - 1 as int64: [count].</summary>
    public static Tensor Arange(long count, Device? device = null)
    {
        using Scalar end = count.ToScalar();
        return arange(Zero, end, One, ScalarType.Int64, device);
    }
}
