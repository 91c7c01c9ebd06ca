using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// One stage of the convolutional encoder: a convolution over time with stride 2, then residual convolutions at the halved frame rate
/// (He et al. 2016). [batch, inputs, frames] → [batch, outputs, ⌈frames / 2⌉].
/// </summary>
internal sealed class ConvStage : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Conv1d conv;
    private readonly MaskedBatchNorm norm;
    private readonly ModuleList<ResidualConv> residuals;

    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="kernel">Width of the kernels in frames, odd.</param>
    /// <param name="residualCount">Number of residual convolutions.</param>
    public ConvStage(int inputs, int outputs, int kernel, int residualCount)
        : base(nameof(ConvStage))
    {
        // The shift of the batch normalisation makes a bias of the convolution redundant.
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

    /// <summary>Every second frame of a mask: frame i of the output of a stage is centred on frame 2i of its input.</summary>
    public static Tensor HalfRate(Tensor mask) => mask.slice(2, 0, mask.size(2), 2);
}

/// <summary>A residual convolution, x + relu(norm(conv(x))): [batch, channels, frames] → the same shape.</summary>
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
