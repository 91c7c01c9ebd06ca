using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// The statistics branch, one layer on the normalised utterance statistics: dropout, linear, batch normalisation, ReLU, dropout.
/// [batch, statistics] → [batch, units].
/// </summary>
internal sealed class StatisticsBranch : nn.Module<Tensor, Tensor>
{
    private readonly Dropout dropout;
    private readonly Linear linear;
    private readonly VectorNorm norm;

    public StatisticsBranch(int statistics, int units, double dropout)
        : base(nameof(StatisticsBranch))
    {
        Outputs = units;
        this.dropout = nn.Dropout(dropout);
        linear = nn.Linear(statistics, units, hasBias: false);
        norm = new VectorNorm(units);
        RegisterComponents();
    }

    /// <summary>Width of the output.</summary>
    public int Outputs { get; }

    public override Tensor forward(Tensor statistics)
    {
        using var scope = NewDisposeScope();
        return dropout.call(norm.call(linear.call(dropout.call(statistics))).relu_()).MoveToOuterDisposeScope();
    }
}
