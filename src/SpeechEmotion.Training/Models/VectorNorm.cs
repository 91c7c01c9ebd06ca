using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>Batch normalisation of one vector per utterance: [batch, width] → [batch, width].</summary>
/// <remarks>
/// TorchSharp's BatchNorm module counts its batches with a temporary Scalar (see <see cref="TensorMath"/>); the function creates none.
/// </remarks>
internal sealed class VectorNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;

    public VectorNorm(int width)
        : base(nameof(VectorNorm))
    {
        weight = nn.Parameter(ones(width));
        bias = nn.Parameter(zeros(width));
        runningMean = zeros(width);
        runningVariance = ones(width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) =>
        nn.functional.batch_norm(x, runningMean, runningVariance, weight, bias, training);
}
