using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// One ensemble member of an <see cref="EmotionNetwork"/>: features in its <see cref="View"/> [batch, rows, frames], mask
/// [batch, 1, frames], utterance statistics [batch, statistics] → logits [batch, emotions].
/// </summary>
internal sealed class EnsembleMember : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly ModuleList<ConvStage> stages;
    private readonly MaskedLstm? recurrent;
    private readonly MaskedPooling? pooling;
    private readonly VectorNorm? norm;
    private readonly Dropout dropout;
    private readonly StatisticsBranch? statistics;
    private readonly Linear output;

    /// <param name="settings">The settings that all members share.</param>
    /// <param name="member">Kind and view of this member.</param>
    /// <param name="sizes">Widths of input and output.</param>
    public EnsembleMember(ModelSettings settings, MemberSettings member, NetworkSizes sizes)
        : base(nameof(EnsembleMember))
    {
        View = member.View;
        int width = (View == InputView.Both ? 2 : 1) * sizes.Features;
        var convolutions = new List<ConvStage>();
        foreach (int channels in member.Kind is ModelKind.Conv or ModelKind.ConvLstm ? settings.Channels : [])
        {
            convolutions.Add(new ConvStage(width, channels, settings.Kernel, settings.Residuals));
            width = channels;
        }
        stages = nn.ModuleList(convolutions.ToArray());
        if (member.Kind is ModelKind.Lstm or ModelKind.ConvLstm)
        {
            recurrent = new MaskedLstm(width, settings.LstmUnits, settings.LstmLayers, settings.Bidirectional);
            width = recurrent.Outputs;
        }
        if (member.Kind != ModelKind.Statistics)
        {
            pooling = new MaskedPooling(settings.Pooling, width);
            norm = new VectorNorm(pooling.Outputs);
        }
        dropout = nn.Dropout(settings.Dropout);
        if (member.UnitsOfStatistics(settings) is > 0 and var units)
            statistics = new StatisticsBranch(sizes.Statistics, units, settings.StatisticsDropout);
        output = nn.Linear((pooling?.Outputs ?? 0) + (statistics?.Outputs ?? 0), sizes.Emotions);
        RegisterComponents();
    }

    /// <summary>The form in which the member receives the features; see <see cref="UtteranceCmvn"/>.</summary>
    public InputView View { get; }

    /// <summary>The logits [batch, emotions] of embeddings from <see cref="Embed"/>.</summary>
    public Tensor Classify(Tensor embedded) => output.call(embedded);

    public override Tensor forward(Tensor x, Tensor mask, Tensor utteranceStatistics)
    {
        using var scope = NewDisposeScope();
        return Classify(Embed(x, mask, utteranceStatistics)).MoveToOuterDisposeScope();
    }

    /// <summary>The embedding of each utterance, before the last layer: [batch, width].</summary>
    public Tensor Embed(Tensor x, Tensor mask, Tensor utteranceStatistics)
    {
        using var scope = NewDisposeScope();
        Tensor? branch = statistics?.call(utteranceStatistics);     // [batch, units]
        if (pooling is null)
            return branch!.MoveToOuterDisposeScope();
        foreach (ConvStage stage in stages)
        {
            mask = ConvStage.HalfRate(mask);
            x = stage.call(x, mask);                                // [batch, channels, frames / 2]
        }
        if (recurrent is not null)
            x = recurrent.call(x, mask);                            // [batch, units, frames]
        Tensor pooled = dropout.call(norm!.call(pooling.call(x, mask)));   // [batch, 2·width]
        return (branch is null ? pooled : cat([pooled, branch], 1)).MoveToOuterDisposeScope();
    }
}
