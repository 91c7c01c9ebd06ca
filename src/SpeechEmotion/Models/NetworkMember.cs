using SpeechEmotion.Settings;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>One network of an <see cref="EmotionNetwork"/>: features [batch, features, frames] and mask [batch, 1, frames], statistics [batch, n] → logits [batch, emotions].</summary>
internal sealed class NetworkMember : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly InputView view;
    private readonly int melBands;
    private readonly ModuleList<SpectralStage> pictures;
    private readonly ModuleList<ConvStage> stages;
    private readonly MaskedLstm? recurrent;
    private readonly MaskedPooling? pooling;
    private readonly VectorNorm? norm;
    private readonly Dropout dropout;
    private readonly StatisticsBranch? statistics;
    private readonly Linear output;

    public NetworkMember(ModelSettings settings, MemberSettings member, NetworkSizes sizes)
        : base(nameof(NetworkMember))
    {
        view = member.View;
        int views = view == InputView.Both ? 2 : 1, width = views * sizes.Features;
        var spectral = new List<SpectralStage>();
        if (member.Kind == ModelKind.Spectral)
        {
            melBands = sizes.MelBands;
            int bands = melBands;
            width = views;
            foreach (int channels in settings.Channels.Append(settings.Channels[^1]))
            {
                spectral.Add(new SpectralStage(width, Math.Max(1, channels / 2)));
                (width, bands) = (Math.Max(1, channels / 2), (bands + 1) / 2);
            }
            width *= bands;
        }
        pictures = nn.ModuleList(spectral.ToArray());
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

    public override Tensor forward(Tensor x, Tensor mask, Tensor whole)
    {
        using var scope = NewDisposeScope();
        Tensor? heard = statistics?.call(whole);                    // [batch, units]
        if (pooling is null)
            return output.call(heard!).MoveToOuterDisposeScope();
        if (pictures.Count > 0)
            x = x.slice(1, 0, melBands, 1);
        x = view switch
        {
            InputView.Utterance => UtteranceView.Of(x, mask),
            InputView.Both => cat([x, UtteranceView.Of(x, mask)], 1),
            _ => x,
        };
        if (pictures.Count > 0)
            x = x.reshape(x.size(0), -1, melBands, x.size(2));      // [batch, views, bands, frames]
        foreach (SpectralStage stage in pictures)
        {
            mask = ConvStage.HalfRate(mask);
            x = stage.call(x, mask);                                // [batch, channels, bands / 2, frames / 2]
        }
        if (pictures.Count > 0)
            x = x.flatten(1, 2);                                    // [batch, channels · bands, frames]
        foreach (ConvStage stage in stages)
        {
            mask = ConvStage.HalfRate(mask);
            x = stage.call(x, mask);                                // [batch, channels, frames / 2]
        }
        if (recurrent is not null)
            x = recurrent.call(x, mask);                            // [batch, units, frames]
        Tensor pooled = dropout.call(norm!.call(pooling.call(x, mask)));   // [batch, 2·width]
        return output.call(heard is null ? pooled : cat([pooled, heard], 1)).MoveToOuterDisposeScope();
    }
}
