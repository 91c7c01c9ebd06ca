using SpeechEmotion.Adaptation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Models;

public class TorchNetworkTests
{
    private static readonly NormalisedClip[] Clips =
        [.. Enumerable.Range(0, 150).Select(i => new NormalisedClip(SmallRun.Clip(i, 12).Features, []))];

    [TestCase(ModelKind.Conv)]
    [TestCase(ModelKind.Lstm)]
    [TestCase(ModelKind.ConvLstm)]
    public void Run_ManyClips_EqualsEachAloneInOrder(ModelKind kind)
    {
        using EmotionNetwork network = New(kind);
        using var forward = new TorchNetwork(network);
        IReadOnlyList<NetworkOutput> together = forward.Run(Clips);
        Assert.That(together, Has.Count.EqualTo(Clips.Length));
        for (int i = 0; i < Clips.Length; i += 7)
        {
            NetworkOutput alone = forward.Run([Clips[i]])[0];
            Assert.That(alone.Logits, Is.EqualTo(together[i].Logits).Within(1e-5), $"clip {i}");
            Assert.That(alone.Embedding, Is.EqualTo(together[i].Embedding).Within(1e-5), $"clip {i}");
        }
        Assert.That(together.Select(output => output.Logits[0]).Distinct().Count(), Is.GreaterThan(100),
            "clips must differ for their order to show");
    }

    [Test]
    public void Run_Members_GivesTheLogitsOfEachFromItsPartOfTheEmbedding()
    {
        torch.manual_seed(2);
        var settings = new ModelSettings { Channels = [6, 6], Members = [new(), new()] };
        using var network = new EmotionNetwork(settings, new NetworkSizes(12, 0, 4));
        network.eval();
        using var forward = new TorchNetwork(network);
        NetworkOutput output = forward.Run(Clips[..1])[0];
        Assert.That(output.Logits, Has.Length.EqualTo(2 * 4));
        Assert.That(output.Embedding, Has.Length.EqualTo(2 * 12));
        using torch.Tensor weight = network.state_dict()["members.1.output.weight"].clone();
        using torch.Tensor bias = network.state_dict()["members.1.output.bias"].clone();
        float[] w = weight.data<float>().ToArray(), b = bias.data<float>().ToArray();
        for (int emotion = 0; emotion < 4; emotion++)
        {
            double logit = b[emotion];
            for (int i = 0; i < 12; i++)
                logit += w[(emotion * 12) + i] * output.Embedding[12 + i];
            Assert.That(output.Logits[4 + emotion], Is.EqualTo(logit).Within(1e-5));
        }
    }

    [Test]
    public void Run_NoClip_IsEmpty()
    {
        using EmotionNetwork network = New(ModelKind.Conv);
        Assert.That(new TorchNetwork(network).Run([]), Is.Empty);
    }

    [Test]
    public void Run_Cancelled_Stops()
    {
        using EmotionNetwork network = New(ModelKind.Conv);
        Assert.That(() => new TorchNetwork(network).Run(Clips, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(ModelKind.Conv)]
    [TestCase(ModelKind.Lstm)]
    [TestCase(ModelKind.ConvLstm)]
    public void Run_ManyTimes_KeepsTheNumberOfLiveTensors(ModelKind kind)
    {
        using EmotionNetwork network = New(kind);
        using var forward = new TorchNetwork(network);
        forward.Run(Clips[..3]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 100; i++)
            forward.Run(Clips[..3]);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private static EmotionNetwork New(ModelKind kind)
    {
        torch.manual_seed(1);
        var network = new EmotionNetwork(new ModelSettings { Kind = kind, Channels = [6, 6], LstmUnits = 5 }, new NetworkSizes(12, 0, 4));
        network.eval();
        return network;
    }
}
