using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy 2015) over the frames of the utterances: the padding affects neither statistics nor
/// result. [batch, channels, frames], mask [batch, 1, frames] → [batch, channels, frames], 0 in the padding.
/// </summary>
/// <remarks>
/// Mean and second moment are computed from sums over the masked input, which costs one product and no gather. In evaluation, running
/// statistics (momentum 0.1, unbiased variance) replace those of the batch, as in the paper.
/// </remarks>
internal sealed class MaskedBatchNorm : nn.Module<Tensor, Tensor, Tensor>
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;

    public MaskedBatchNorm(int channels)
        : base(nameof(MaskedBatchNorm))
    {
        weight = nn.Parameter(ones(channels));
        bias = nn.Parameter(zeros(channels));
        runningMean = zeros(channels);
        runningVariance = ones(channels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor masked = x.mul(mask);
        (Tensor mean, Tensor variance) = training ? BatchStatistics(masked, mask) : (runningMean, runningVariance);
        Tensor scale = weight.mul(variance.Plus(Epsilon).rsqrt());
        Tensor shift = bias.Minus(mean.mul(scale));
        Tensor y = addcmul(shift.view(1, -1, 1), masked, scale.view(1, -1, 1), TensorMath.One);
        return y.mul(mask).MoveToOuterDisposeScope();
    }

    private (Tensor Mean, Tensor Variance) BatchStatistics(Tensor masked, Tensor mask)
    {
        long[] overBatchAndTime = [0, 2];
        Tensor count = mask.sum();
        Tensor mean = masked.sum(overBatchAndTime).div(count);                         // [channels]
        Tensor second = masked.Squared().sum(overBatchAndTime).div(count);
        Tensor variance = second.Minus(mean.Squared()).ClampMin(0);
        using (no_grad())
        {
            Tensor unbiased = variance.mul(count).div(count.Minus(1).ClampMin(1));
            runningMean.TimesInPlace(1 - Momentum).PlusInPlace(mean, Momentum);
            runningVariance.TimesInPlace(1 - Momentum).PlusInPlace(unbiased, Momentum);
        }
        return (mean, variance);
    }
}
