using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Models;

public class EmotionNetworkTests
{
    private const int Features = 12;
    private const int Emotions = 5;
    private const int Statistics = 7;

    public static IEnumerable<ModelSettings> Networks =>
        from kind in Enum.GetValues<ModelKind>()
        from pooling in Enum.GetValues<Pooling>()
        from view in Enum.GetValues<InputView>()
        where kind != ModelKind.Statistics || (pooling == default && view == default)
        select new ModelSettings
        {
            Kind = kind, Channels = [8, 6], Residuals = 2, LstmUnits = 7, LstmLayers = 2, Pooling = pooling,
            Statistics = kind == ModelKind.Statistics || view == InputView.Both ? 9 : 0,
                Members = view == InputView.AsNormalised
                ? []
                : [new() { Kind = kind, View = view }, new() { Kind = ModelKind.Conv, Statistics = kind != ModelKind.Lstm }],
        };

    [TestCaseSource(nameof(Networks))]
    public void Forward_MorePadding_ChangesNoLogit(ModelSettings settings)
    {
        using var scope = NewDisposeScope();
        using var network = New(settings);
        WarmStatistics(network);
        network.eval();
        using var noGradient = no_grad();
        Tensor x = randn(3, Features, 41);
        int[] lengths = [41, 40, 17];
        Tensor plain = network.call(Padded(x, lengths, 41), Mask(lengths, 41), Whole(3));
        foreach (int frames in new[] { 42, 43, 64, 150 })
        {
            Tensor padded = network.call(Padded(x, lengths, frames), Mask(lengths, frames), Whole(3));
            Assert.That(padded.Minus(plain).abs().max().item<float>(), Is.LessThan(1e-5), $"{frames} frames");
        }
    }

    [TestCaseSource(nameof(Networks))]
    public void Forward_OneClipAtATime_EqualsTheBatch(ModelSettings settings)
    {
        using var scope = NewDisposeScope();
        using var network = New(settings);
        WarmStatistics(network);
        network.eval();
        using var noGradient = no_grad();
        Tensor x = randn(3, Features, 30);
        int[] lengths = [30, 9, 1];
        Tensor together = network.call(Padded(x, lengths, 30), Mask(lengths, 30), Whole(3));
        for (int i = 0; i < lengths.Length; i++)
        {
            Tensor alone = network.call(x.narrow(0, i, 1).narrow(2, 0, lengths[i]), ones(1, 1, lengths[i]), Whole(3).narrow(0, i, 1));
            Assert.That(alone.Minus(together.narrow(0, i, 1)).abs().max().item<float>(), Is.LessThan(1e-5), $"clip {i}");
        }
    }

    [TestCaseSource(nameof(Networks))]
    public void Parameters_AllAreRegisteredAndGetAGradient(ModelSettings settings)
    {
        using var scope = NewDisposeScope();
        using var network = New(settings);
        network.train();
        int[] lengths = [30, 22, 11, 5];
        Tensor logits = network.call(Padded(randn(4, Features, 30), lengths, 30), Mask(lengths, 30), Whole(4));
        logits.mul(randn(4, Emotions)).sum().backward();

        Assert.That(network.named_parameters().Select(named => named.name), Is.EquivalentTo(ParameterFields(network)));
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            Assert.That(parameter.grad, Is.Not.Null, name);
            Assert.That(parameter.grad!.abs().max().item<float>(), Is.GreaterThan(0), name);
        }
    }

    [TestCaseSource(nameof(Networks))]
    public void Forward_Training_PaddingDoesNotEnterTheStatistics(ModelSettings settings)
    {
        using var scope = NewDisposeScope();
        using EmotionNetwork network = New(settings with { Dropout = 0, StatisticsDropout = 0 }),
            twin = New(settings with { Dropout = 0, StatisticsDropout = 0 });
        StateDict.CopyInto(twin, StateDict.From(network));
        Tensor x = randn(4, Features, 24);
        int[] lengths = [24, 23, 14, 6];
        network.train();
        twin.train();
        Tensor plain = network.call(Padded(x, lengths, 24), Mask(lengths, 24), Whole(4));
        Tensor padded = twin.call(Padded(x, lengths, 90), Mask(lengths, 90), Whole(4));

        Assert.That(padded.Minus(plain).abs().max().item<float>(), Is.LessThan(1e-4));
        Dictionary<string, Tensor> state = twin.state_dict();
        foreach ((string name, Tensor value) in network.state_dict())
            Assert.That(state[name].Minus(value).abs().max().item<float>(), Is.LessThan(1e-4), name);
    }

    [Test]
    public void StateDict_HoldsRunningStatistics()
    {
        using var network = New(new ModelSettings { Channels = [8] });
        Assert.That(network.state_dict().Keys,
            Has.Some.EqualTo("members.0.stages.0.norm.runningMean").And.Some.EqualTo("members.0.norm.runningVariance"));
    }

    /// <summary>Statistics that differ from clip to clip, the same for equal counts.</summary>
    private static Tensor Whole(int clips) =>
        PaddedBatch.ToTensor([.. Enumerable.Range(0, clips * Statistics).Select(i => (float)Math.Sin(i * i))], [clips, Statistics]);

    private static EmotionNetwork New(ModelSettings settings)
    {
        manual_seed(1);
        return new EmotionNetwork(settings, new NetworkSizes(Features, Statistics, Emotions));
    }

    /// <summary>Running statistics that differ from their start, so that a use of the wrong ones shows.</summary>
    private static void WarmStatistics(EmotionNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        network.train();
        for (int i = 0; i < 5; i++)
            network.call(randn(6, Features, 20).Over(0.5).Plus(1), ones(6, 1, 20), Whole(6));
    }

    private static Tensor Padded(Tensor x, int[] lengths, int frames)
    {
        Tensor padded = zeros(x.size(0), x.size(1), frames);
        for (int i = 0; i < lengths.Length; i++)
            padded.narrow(0, i, 1).narrow(2, 0, lengths[i]).copy_(x.narrow(0, i, 1).narrow(2, 0, lengths[i]));
        return padded;
    }

    private static Tensor Mask(int[] lengths, int frames) => Padded(ones(lengths.Length, 1, lengths.Max()), lengths, frames);

    /// <summary>Names of all fields that hold a parameter, found by reflection through all modules.</summary>
    private static IEnumerable<string> ParameterFields(nn.Module module, string prefix = "")
    {
        foreach ((string name, nn.Module child) in module.named_children())
            foreach (string field in ParameterFields(child, $"{prefix}{name}."))
                yield return field;
        foreach (System.Reflection.FieldInfo field in module.GetType()
            .GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance))
            if (field.GetValue(module) is Parameter)
                yield return prefix + field.Name.TrimStart('_');
        if (module is LSTM lstm)
            foreach ((string name, _) in lstm.named_parameters(false))
                yield return prefix + name;
    }
}
