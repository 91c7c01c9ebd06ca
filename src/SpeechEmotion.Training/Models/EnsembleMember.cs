using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>One network of an <see cref="EmotionNetwork"/>: features as its <see cref="View"/> sees them [batch, rows, frames] and mask [batch, 1, frames], statistics [batch, n] → logits [batch, emotions].</summary>
internal sealed class EnsembleMember : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly ModuleList<ConvStage> stages;
    private readonly MaskedLstm? recurrent;
    private readonly MaskedPooling? pooling;
    private readonly VectorNorm? norm;
    private readonly Dropout dropout;
    private readonly StatisticsBranch? statistics;
    private readonly Linear output;

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
        if (settings.Statistics > 0)
            statistics = new StatisticsBranch(sizes.Statistics, settings.Statistics, settings.StatisticsDropout);
        output = nn.Linear((pooling?.Outputs ?? 0) + (statistics?.Outputs ?? 0), sizes.Emotions);
        RegisterComponents();
    }

    /// <summary>How the member sees the features: see <see cref="UtteranceCmvn"/>.</summary>
    public InputView View { get; }

    /// <summary>The logits [batch, emotions] of what <see cref="Embed"/> gives.</summary>
    public Tensor Classify(Tensor embedded) => output.call(embedded);

    public override Tensor forward(Tensor x, Tensor mask, Tensor whole)
    {
        using var scope = NewDisposeScope();
        return Classify(Embed(x, mask, whole)).MoveToOuterDisposeScope();
    }

    /// <summary>The utterance as one vector, before the last layer: [batch, width].</summary>
    public Tensor Embed(Tensor x, Tensor mask, Tensor whole)
    {
        using var scope = NewDisposeScope();
        Tensor? heard = statistics?.call(whole);                    // [batch, units]
        if (pooling is null)
            return heard!.MoveToOuterDisposeScope();
        foreach (ConvStage stage in stages)
        {
            mask = ConvStage.HalfRate(mask);
            x = stage.call(x, mask);                                // [batch, channels, frames / 2]
        }
        if (recurrent is not null)
            x = recurrent.call(x, mask);                            // [batch, units, frames]
        Tensor pooled = dropout.call(norm!.call(pooling.call(x, mask)));   // [batch, 2·width]
        return (heard is null ? pooled : cat([pooled, heard], 1)).MoveToOuterDisposeScope();
    }
}
