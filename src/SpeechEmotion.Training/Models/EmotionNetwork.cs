using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// The network: features [batch, features, frames], zero in the padding; mask [batch, 1, frames], 1 on frames of the clip and
/// 0 on padding; utterance statistics [batch, n] → log-probabilities [batch, emotions]. Padding does not change the output.
/// </summary>
/// <remarks>
/// An ensemble of one or more members; its output is their mean log-probability.
/// <c>conv</c>: stages of strided and residual convolutions → pooling → linear.
/// <c>lstm</c>: LSTM over the frames → pooling → linear.
/// <c>conv-lstm</c>: stages, then the LSTM at their frame rate → pooling → linear.
/// <c>statistics</c>: utterance statistics → linear; with <see cref="ModelSettings.Statistics"/> the other kinds concatenate
/// them before the last layer.
/// </remarks>
internal sealed class EmotionNetwork : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly ModuleList<EnsembleMember> members;

    /// <param name="settings">Kind and sizes of the members.</param>
    /// <param name="sizes">Widths of input and output.</param>
    public EmotionNetwork(ModelSettings settings, NetworkSizes sizes)
        : base(nameof(EmotionNetwork))
    {
        members = nn.ModuleList(settings.AllMembers.Select(member => new EnsembleMember(settings, member, sizes)).ToArray());
        RegisterComponents();
    }

    /// <summary>Number of trainable parameters.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Embedding of each member, before its last layer: [batch, width] per member.</summary>
    public Tensor[] Embed(Tensor x, Tensor mask, Tensor statistics)
    {
        using var scope = NewDisposeScope();
        // Computed once per view: it costs a sixth of a member's forward pass.
        Dictionary<InputView, Tensor> views = members.Select(member => member.View)
            .Distinct()
            .ToDictionary(view => view, view => UtteranceCmvn.Apply(view, x, mask));
        return [.. members.Select(member => member.Embed(views[member.View], mask, statistics).MoveToOuterDisposeScope())];
    }

    /// <summary>Logits of each member from its embedding: [members, batch, emotions].</summary>
    public Tensor Classify(IReadOnlyList<Tensor> embedded)
    {
        using var scope = NewDisposeScope();
        return stack(members.Select((member, i) => member.Classify(embedded[i])).ToArray()).MoveToOuterDisposeScope();
    }

    /// <summary>Logits [members, batch, emotions] → mean log-probabilities of the members [batch, emotions].</summary>
    public static Tensor Combine(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return logits.log_softmax(2).mean([0]).MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor x, Tensor mask, Tensor statistics)
    {
        using var scope = NewDisposeScope();
        return Combine(Classify(Embed(x, mask, statistics))).MoveToOuterDisposeScope();
    }
}
