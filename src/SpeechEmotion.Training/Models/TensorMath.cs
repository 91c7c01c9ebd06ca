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
    /// <summary>Integer 1: the factor alpha of a plain sum, for tensors of any type.</summary>
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

    /// <summary>x / value.</summary>
    public static Tensor Over(this Tensor x, double value)
    {
        using Scalar number = value.ToScalar();
        return x.div(number);
    }

    /// <summary>x · x.</summary>
    public static Tensor Squared(this Tensor x) => x.mul(x);

    /// <summary>x, but at least <paramref name="min"/>.</summary>
    public static Tensor ClampMin(this Tensor x, double min)
    {
        using Scalar number = min.ToScalar();
        return x.clamp_min(number);
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
}
