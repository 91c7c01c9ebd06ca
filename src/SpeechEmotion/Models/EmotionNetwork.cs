using SpeechEmotion.Settings;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// The network: features [batch, features, frames] with zeros in the padding, and a mask [batch, 1, frames] that is 1 on
/// frames of speech and 0 on padding → logits [batch, emotions]. Padding changes no logit.
/// </summary>
/// <remarks>
/// <c>conv</c>: stages of strided and residual convolutions → pooling → linear. <c>lstm</c>: LSTM over the frames → pooling → linear.
/// <c>conv-lstm</c>: stages, then the LSTM at their frame rate → pooling → linear.
/// </remarks>
internal sealed class EmotionNetwork : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<ConvStage> stages;
    private readonly MaskedLstm? recurrent;
    private readonly MaskedPooling pooling;
    private readonly VectorNorm norm;
    private readonly Dropout dropout;
    private readonly Linear output;

    /// <param name="settings">Kind and sizes.</param>
    /// <param name="features">Rows of the feature matrix.</param>
    /// <param name="emotions">Number of labels.</param>
    public EmotionNetwork(ModelSettings settings, int features, int emotions)
        : base(nameof(EmotionNetwork))
    {
        int width = features;
        var convolutions = new List<ConvStage>();
        foreach (int channels in settings.Kind == ModelKind.Lstm ? [] : settings.Channels)
        {
            convolutions.Add(new ConvStage(width, channels, settings.Kernel, settings.Residuals));
            width = channels;
        }
        stages = nn.ModuleList(convolutions.ToArray());
        if (settings.Kind != ModelKind.Conv)
        {
            recurrent = new MaskedLstm(width, settings.LstmUnits, settings.LstmLayers, settings.Bidirectional);
            width = recurrent.Outputs;
        }
        pooling = new MaskedPooling(settings.Pooling, width);
        norm = new VectorNorm(pooling.Outputs);
        dropout = nn.Dropout(settings.Dropout);
        output = nn.Linear(pooling.Outputs, emotions);
        RegisterComponents();
    }

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        foreach (ConvStage stage in stages)
        {
            mask = ConvStage.HalfRate(mask);
            x = stage.call(x, mask);                                // [batch, channels, frames / 2]
        }
        if (recurrent is not null)
            x = recurrent.call(x, mask);                            // [batch, units, frames]
        Tensor pooled = norm.call(pooling.call(x, mask));           // [batch, 2·width]
        return output.call(dropout.call(pooled)).MoveToOuterDisposeScope();
    }
}
