using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Training;

public class ExponentialMovingAverageTests
{
    private static readonly ModelSettings Small = new() { Channels = [4], Residuals = 0 };

    [Test]
    public void New_StartsAtTheWeightsInEvaluationMode()
    {
        using EmotionNetwork network = New(1);
        using var average = new ExponentialMovingAverage(network, New(2), new TrainingSettings { Averaging = 0.99 });
        Assert.That(average.Network.training, Is.False);
        Assert.That(network.training, Is.True);
        Assert.That(Bias(average.Network), Is.EqualTo(Bias(network)));
    }

    [Test]
    public void Update_FollowsTheFormula()
    {
        using EmotionNetwork network = New(1);
        using var average = new ExponentialMovingAverage(network, New(2), new TrainingSettings { Averaging = 0.3 });
        double expected = Bias(network)[0];
        for (int step = 1; step <= 5; step++)
        {
            Fill(network, step);
            average.Update(step);
            // 2/11, 3/12, 4/13 = 0.3077, …: from the third step on the setting is the smaller.
            double decay = Math.Min(0.3, (1.0 + step) / (10 + step));
            expected = (decay * expected) + ((1 - decay) * step);
            Assert.That(Bias(average.Network)[0], Is.EqualTo(expected).Within(1e-5), $"step {step}");
        }
    }

    [Test]
    public void Update_WithoutAveraging_IsTheWeights()
    {
        using EmotionNetwork network = New(1);
        using var average = new ExponentialMovingAverage(network, New(2), new TrainingSettings { Averaging = 0 });
        Fill(network, 7);
        average.Update(3);
        Assert.That(Bias(average.Network), Is.All.EqualTo(7f));
    }

    [Test]
    public void Update_AveragesRunningStatisticsToo()
    {
        using EmotionNetwork network = New(1);
        using var average = new ExponentialMovingAverage(network, New(2), new TrainingSettings { Averaging = 0 });
        using (var scope = NewDisposeScope())
            network.call(randn(4, 5, 20), ones(4, 1, 20), zeros([4, 0]));
        average.Update(1);
        Dictionary<string, StoredTensor> own = StateDict.From(average.Network);
        foreach ((string name, StoredTensor tensor) in StateDict.From(network))
            Assert.That(own[name].Data, Is.EqualTo(tensor.Data), name);
    }

    [Test]
    public void Update_ManyTimes_KeepsTheNumberOfLiveTensors()
    {
        using EmotionNetwork network = New(1);
        using var average = new ExponentialMovingAverage(network, New(2), new TrainingSettings { Averaging = 0.9 });
        average.Update(1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int step = 2; step < 50; step++)
            average.Update(step);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private static EmotionNetwork New(int seed)
    {
        manual_seed(seed);
        return new EmotionNetwork(Small, new NetworkSizes(5, 0, 3));
    }

    private static float[] Bias(EmotionNetwork network) => network.get_parameter("members.0.output.bias")!.data<float>().ToArray();

    private static void Fill(EmotionNetwork network, float value)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        network.get_parameter("members.0.output.bias")!.copy_(tensor(new[] { value, value, value }));
    }
}
