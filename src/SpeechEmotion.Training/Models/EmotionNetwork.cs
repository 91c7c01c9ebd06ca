using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// The network: features [batch, features, frames] with zeros in the padding, and a mask [batch, 1, frames] that is 1 on
/// frames of speech and 0 on padding, and statistics of the whole utterance [batch, n] → logits [batch, emotions]. Padding changes no logit.
/// </summary>
/// <remarks>
/// One member, or several whose mean log-probability decides. <c>conv</c>: stages of strided and residual convolutions → pooling → linear. <c>lstm</c>: LSTM over the frames → pooling → linear.
/// <c>conv-lstm</c>: stages, then the LSTM at their frame rate → pooling → linear.
/// <c>statistics</c>: the statistics of the utterance → linear; any other
/// kind joins them before its last layer where <see cref="ModelSettings.Statistics"/> asks for it.
/// </remarks>
internal sealed class EmotionNetwork : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly ModuleList<EnsembleMember> members;

    /// <param name="settings">Kind and sizes.</param>
    /// <param name="sizes">Widths of its input and output.</param>
    public EmotionNetwork(ModelSettings settings, NetworkSizes sizes)
        : base(nameof(EmotionNetwork))
    {
        members = nn.ModuleList(settings.AllMembers.Select(member => new EnsembleMember(settings, member, sizes)).ToArray());
        RegisterComponents();
    }

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>The utterances as each member's vector before its last layer: [batch, width] for each.</summary>
    public Tensor[] Embed(Tensor x, Tensor mask, Tensor statistics)
    {
        using var scope = NewDisposeScope();
        // Made once for all members that see the same: it is a sixth of what a member costs forwards.
        Dictionary<InputView, Tensor> views = members.Select(member => member.View).Distinct().ToDictionary(view => view, view => UtteranceCmvn.Apply(view, x, mask));
        return [.. members.Select(member => member.Embed(views[member.View], mask, statistics).MoveToOuterDisposeScope())];
    }

    /// <summary>Logits of each member from its vector: [members, batch, emotions].</summary>
    public Tensor Classify(IReadOnlyList<Tensor> embedded)
    {
        using var scope = NewDisposeScope();
        return stack(members.Select((member, i) => member.Classify(embedded[i])).ToArray()).MoveToOuterDisposeScope();
    }

    /// <summary>What members with such logits [members, batch, emotions] decide together: their mean log-probabilities [batch, emotions].</summary>
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
