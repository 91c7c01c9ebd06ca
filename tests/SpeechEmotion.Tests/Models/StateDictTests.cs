using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Models;

public class StateDictTests
{
    private static readonly ModelSettings Small = new() { Kind = ModelKind.ConvLstm, Channels = [4], LstmUnits = 3, Residuals = 0 };

    [Test]
    public void CopyInto_AnotherNetwork_GivesTheSameLogits()
    {
        using var scope = NewDisposeScope();
        using EmotionNetwork first = New(1), second = New(2);
        using var noGradient = no_grad();
        Tensor x = randn(2, 5, 9), mask = ones(2, 1, 9);
        float[] wanted = first.call(x, mask, torch.zeros([x.size(0), 0])).data<float>().ToArray();
        Assert.That(second.call(x, mask, torch.zeros([x.size(0), 0])).data<float>().ToArray(), Is.Not.EqualTo(wanted));
        StateDict.CopyInto(second, StateDict.From(first));
        Assert.That(second.call(x, mask, torch.zeros([x.size(0), 0])).data<float>().ToArray(), Is.EqualTo(wanted));
    }

    [Test]
    public void From_IsACopy()
    {
        using EmotionNetwork network = New(1), other = New(2);
        Dictionary<string, StoredTensor> state = StateDict.From(network);
        byte[] before = [.. state["members.0.output.weight"].Data];
        StateDict.CopyInto(network, StateDict.From(other));
        Assert.That(state["members.0.output.weight"].Data, Is.EqualTo(before));
    }

    [Test]
    public void From_HoldsParametersAndRunningStatistics()
    {
        using EmotionNetwork network = New(1);
        Dictionary<string, StoredTensor> state = StateDict.From(network);
        Assert.That(state.Keys, Is.SupersetOf(network.named_parameters().Select(pair => pair.name)));
        Assert.That(state.Keys, Is.SupersetOf(network.named_buffers().Select(pair => pair.name)));
        Assert.That(network.named_buffers(), Is.Not.Empty);
    }

    [TestCase("missing", "tensor members.0.output.weight is missing")]
    [TestCase("unknown", "tensor extra is not part of the model")]
    [TestCase("shape", "tensor members.0.output.weight has shape [1], the model's has [3, ")]
    [TestCase("type", "tensor members.0.output.weight is F64, the model's is F32")]
    public void CopyInto_StateThatDoesNotFit_NamesTheTensorAndChangesNothing(string fault, string message)
    {
        using EmotionNetwork network = New(1), other = New(2);
        Dictionary<string, StoredTensor> state = StateDict.From(other);
        StoredTensor weight = state["members.0.output.weight"];
        if (fault == "missing")
            state.Remove("members.0.output.weight");
        else if (fault == "unknown")
            state["extra"] = weight;
        else
            state["members.0.output.weight"] = fault == "type" ? weight with { Type = "F64" } : weight with { Shape = [1] };
        Dictionary<string, StoredTensor> before = StateDict.From(network);

        Assert.That(() => StateDict.CopyInto(network, state), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));

        foreach ((string name, StoredTensor tensor) in StateDict.From(network))
            Assert.That(tensor.Data, Is.EqualTo(before[name].Data), name);
    }

    private static EmotionNetwork New(int seed)
    {
        manual_seed(seed);
        var network = new EmotionNetwork(Small, new NetworkSizes(5, 0, 3));
        network.eval();
        return network;
    }
}
