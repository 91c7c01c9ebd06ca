using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// One stage of the convolutional encoder: a convolution over time that halves the frame rate, then residual convolutions
/// at the new rate (He et al. 2016). [batch, in, frames] → [batch, out, ⌈frames / 2⌉].
/// </summary>
internal sealed class ConvStage : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv1d conv;
    private readonly MaskedBatchNorm norm;
    private readonly ModuleList<ResidualConv> residuals;

    public ConvStage(int inputs, int outputs, int kernel, int residualCount)
        : base(nameof(ConvStage))
    {
        // The norm's shift makes a bias of the convolution redundant.
        conv = nn.Conv1d(inputs, outputs, kernel, stride: 2, padding: kernel / 2, bias: false);
        norm = new MaskedBatchNorm(outputs);
        residuals = nn.ModuleList(Enumerable.Range(0, residualCount).Select(_ => new ResidualConv(outputs, kernel)).ToArray());
        RegisterComponents();
    }

    /// <param name="x">Features with zeros in the padding.</param>
    /// <param name="mask">Mask at the new frame rate: see <see cref="HalfRate"/>.</param>
    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor y = norm.call(conv.call(x), mask).relu_();
        foreach (ResidualConv residual in residuals)
            y = residual.call(y, mask);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>Every second frame of a mask: frame i of a stage is centred on frame 2i before it.</summary>
    public static Tensor HalfRate(Tensor mask) => mask.slice(2, 0, mask.size(2), 2);
}

/// <summary>x + relu(norm(conv(x))), at one frame rate.</summary>
internal sealed class ResidualConv : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv1d conv;
    private readonly MaskedBatchNorm norm;

    public ResidualConv(int channels, int kernel)
        : base(nameof(ResidualConv))
    {
        conv = nn.Conv1d(channels, channels, kernel, padding: kernel / 2, bias: false);
        norm = new MaskedBatchNorm(channels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        return x.Plus(norm.call(conv.call(x), mask).relu_()).MoveToOuterDisposeScope();
    }
}
