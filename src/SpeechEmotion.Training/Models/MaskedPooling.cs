using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// Pooling over time: [batch, channels, frames] → [batch, channels] (mean) or [batch, 2 · channels] (mean and standard deviation). The
/// weights of the frames are equal or from learned attention (Okabe, Koshinaka and Shinoda 2018); padding has weight 0.
/// </summary>
internal sealed class MaskedPooling : nn.Module<Tensor, Tensor, Tensor>
{
    private const double MinVariance = 1e-5;

    private readonly Pooling kind;
    private readonly Conv1d? attentionHidden;
    private readonly Parameter? attentionShift;
    private readonly Conv1d? attentionScore;

    /// <param name="kind">The statistics and weights.</param>
    /// <param name="channels">Channels of the input.</param>
    public MaskedPooling(Pooling kind, int channels)
        : base(nameof(MaskedPooling))
    {
        this.kind = kind;
        if (kind == Pooling.Attention)
        {
            int hidden = Math.Max(1, channels / 2);
            // A parameter of this module instead of the bias of Conv1d, which TorchSharp counts as a live tensor after disposal.
            attentionHidden = nn.Conv1d(channels, hidden, 1, bias: false);
            attentionShift = nn.Parameter(zeros(hidden, 1));
            // A bias would shift all scores equally, which softmax ignores.
            attentionScore = nn.Conv1d(hidden, 1, 1, bias: false);
        }
        Outputs = kind == Pooling.Mean ? channels : 2 * channels;
        RegisterComponents();
    }

    /// <summary>Width of the output.</summary>
    public int Outputs { get; }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor weights = Weights(x, mask);                                     // [batch, 1, frames], sums to 1
        long[] overTime = [2];
        Tensor mean = x.mul(weights).sum(overTime);                            // [batch, channels]
        if (kind == Pooling.Mean)
            return mean.MoveToOuterDisposeScope();
        Tensor centred = x.Minus(mean.unsqueeze(2));
        Tensor variance = centred.Squared().mul(weights).sum(overTime);
        return cat([mean, variance.ClampMin(MinVariance).sqrt()], 1).MoveToOuterDisposeScope();
    }

    private Tensor Weights(Tensor x, Tensor mask)
    {
        if (attentionHidden is null || attentionShift is null || attentionScore is null)
            return mask.div(mask.sum(new long[] { 2 }, keepdim: true));
        Tensor score = attentionScore.call(attentionHidden.call(x).Plus(attentionShift).tanh());    // [batch, 1, frames]
        return score.MaskedFill(mask.IsEqualTo(0), double.NegativeInfinity).softmax(2);
    }
}
