using SpeechEmotion.Adaptation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Inference;

public class NetworkReaderTests
{
    private static readonly NormalisedClip[] Clips =
        [.. Enumerable.Range(0, 150).Select(i => new NormalisedClip(SmallRun.Clip(i, 12).Features, []))];

    [TestCase(ModelKind.Conv)]
    [TestCase(ModelKind.Lstm)]
    [TestCase(ModelKind.ConvLstm)]
    public void Probabilities_ManyClips_EqualThoseOfEachAloneInOrder(ModelKind kind)
    {
        using EmotionNetwork network = New(kind);
        float[][] together = NetworkReader.Probabilities(network, Clips);
        Assert.That(together, Has.Length.EqualTo(Clips.Length));
        for (int i = 0; i < Clips.Length; i += 7)
            Assert.That(NetworkReader.Probabilities(network, [Clips[i]])[0], Is.EqualTo(together[i]).Within(1e-5), $"clip {i}");
        Assert.That(together.Select(row => row.Sum()), Is.All.EqualTo(1f).Within(1e-5));
        Assert.That(together.Select(row => row[0]).Distinct().Count(), Is.GreaterThan(100), "clips must differ for their order to show");
    }

    [Test]
    public void Probabilities_Temperature_RaisesEachToItsPower()
    {
        using EmotionNetwork network = New(ModelKind.Conv);
        float[] plain = NetworkReader.Probabilities(network, Clips[..1])[0],
            scaled = NetworkReader.Probabilities(network, Clips[..1], temperature: 0.25)[0];
        double sum = plain.Sum(p => Math.Pow(p, 4));
        Assert.That(scaled, Is.EqualTo(plain.Select(p => Math.Pow(p, 4) / sum)).Within(1e-5));
        Assert.That(scaled.Max(), Is.GreaterThan(plain.Max() + 0.01));
    }

    [Test]
    public void Read_LogitOffset_IsSubtractedFromEachMember()
    {
        torch.manual_seed(2);
        using var network = new EmotionNetwork(new ModelSettings { Channels = [6, 6], Members = [new(), new()] },
            new NetworkSizes(12, 0, 4));
        network.eval();
        (float[] plain, float[] logits) = NetworkReader.Read(network, Clips[..1])[0];
        Assert.That(logits, Has.Length.EqualTo(8));
        // The first member left without an opinion, the second as it is, beside a clip from which nothing is taken.
        NormalisedClip halved = Clips[0] with { LogitOffset = [.. logits[..4], 0, 0, 0, 0] };
        (float[] Probabilities, float[] Logits)[] read = NetworkReader.Read(network, [Clips[1], halved]);
        double[] second = [.. logits[4..].Select(logit => Math.Exp(logit / 2))];
        Assert.That(read[1].Probabilities, Is.EqualTo(second.Select(each => each / second.Sum())).Within(1e-5));
        Assert.That(read[1].Logits, Is.EqualTo(logits).Within(1e-5));
        Assert.That(read[0].Probabilities, Is.EqualTo(NetworkReader.Read(network, Clips[1..2])[0].Probabilities).Within(1e-5));
        Assert.That(plain, Is.Not.EqualTo(read[1].Probabilities).Within(1e-3));
    }

    [Test]
    public void Probabilities_NoClip_IsEmpty()
    {
        using EmotionNetwork network = New(ModelKind.Conv);
        Assert.That(NetworkReader.Probabilities(network, []), Is.Empty);
    }

    [Test]
    public void Probabilities_Cancelled_Stops()
    {
        using EmotionNetwork network = New(ModelKind.Conv);
        Assert.That(() => NetworkReader.Probabilities(network, Clips, 1, null, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(ModelKind.Conv)]
    [TestCase(ModelKind.Lstm)]
    [TestCase(ModelKind.ConvLstm)]
    public void Probabilities_ManyTimes_KeepsTheNumberOfLiveTensors(ModelKind kind)
    {
        using EmotionNetwork network = New(kind);
        NetworkReader.Probabilities(network, Clips[..3]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 100; i++)
            NetworkReader.Probabilities(network, Clips[..3]);
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
