using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// Utterance CMVN inside the network: each feature with mean 0 and standard deviation 1 over the frames of its utterance, which removes
/// constant properties of speaker and level.
/// </summary>
internal static class UtteranceCmvn
{
    private const double MinVariance = 1e-5;

    /// <summary>
    /// Features in a view: [batch, features, frames] → the same shape,
    /// or [batch, 2 · features, frames] for <see cref="InputView.Both"/>.
    /// The normalised features are 0 in the padding.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="x">Features with zeros in the padding.</param>
    /// <param name="mask">[batch, 1, frames], 1 in the frames of the utterance.</param>
    public static Tensor Apply(InputView view, Tensor x, Tensor mask) => view switch
    {
        InputView.Utterance => Normalise(x, mask),
        InputView.Both => Both(x, mask),
        _ => x,
    };

    private static Tensor Both(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        return cat([x, Normalise(x, mask)], 1).MoveToOuterDisposeScope();
    }

    private static Tensor Normalise(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        long[] overTime = [2];
        Tensor frames = mask.sum(overTime, keepdim: true);                     // [batch, 1, 1]
        Tensor mean = x.mul(mask).sum(overTime, keepdim: true).div(frames);    // [batch, features, 1]
        Tensor centred = x.Minus(mean).mul(mask);
        Tensor variance = centred.Squared().sum(overTime, keepdim: true).div(frames);
        return centred.mul(variance.ClampMin(MinVariance).rsqrt()).MoveToOuterDisposeScope();
    }
}
