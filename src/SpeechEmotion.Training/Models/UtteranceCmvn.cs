using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>Features relative to their utterance: each with mean 0 and deviation 1 over its frames of speech, which hides the voice and its level.</summary>
internal static class UtteranceCmvn
{
    private const double MinVariance = 1e-5;

    /// <summary>[batch, features, frames] → the same shape, or twice the features where both are seen; 0 in the padding.</summary>
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
