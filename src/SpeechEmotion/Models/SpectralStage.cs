using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// One stage over the picture of the mel bands: a convolution over bands and time that halves both, then a residual one (He et
/// al. 2016). A pattern is found wherever it lies on the frequency axis, so that a longer or shorter vocal tract changes little.
/// [batch, in, bands, frames] → [batch, out, ⌈bands / 2⌉, ⌈frames / 2⌉].
/// </summary>
internal sealed class SpectralStage : nn.Module<Tensor, Tensor, Tensor>
{
    private const int Kernel = 3;

    private readonly Conv2d conv;
    private readonly MaskedBatchNorm norm;
    private readonly Conv2d residual;
    private readonly MaskedBatchNorm residualNorm;

    public SpectralStage(int inputs, int outputs)
        : base(nameof(SpectralStage))
    {
        conv = nn.Conv2d(inputs, outputs, Kernel, stride: 2, padding: Kernel / 2, bias: false);
        norm = new MaskedBatchNorm(outputs);
        residual = nn.Conv2d(outputs, outputs, Kernel, padding: Kernel / 2, bias: false);
        residualNorm = new MaskedBatchNorm(outputs);
        RegisterComponents();
    }

    /// <param name="x">Zeros in the padding.</param>
    /// <param name="mask">Mask at the new frame rate: [batch, 1, frames].</param>
    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor y = Normed(norm, conv.call(x), mask);
        return y.Plus(Normed(residualNorm, residual.call(y), mask)).MoveToOuterDisposeScope();
    }

    // Bands and frames as one axis, each frame's mask for all of its bands.
    private static Tensor Normed(MaskedBatchNorm norm, Tensor y, Tensor mask)
    {
        long bands = y.size(2), frames = y.size(3);
        Tensor every = mask.unsqueeze(2).expand(y.size(0), 1, bands, frames).reshape(y.size(0), 1, bands * frames);
        return norm.call(y.reshape(y.size(0), y.size(1), bands * frames), every).relu_().reshape(y.shape);
    }
}
