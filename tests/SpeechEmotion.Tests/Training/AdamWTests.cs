using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = SpeechEmotion.Training.AdamW;

namespace SpeechEmotion.Tests.Training;

public class AdamWTests
{
    [Test]
    public void Step_ThreeTimes_EqualsTheFormulaInDoublePrecision()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var network = new EmotionNetwork(new ModelSettings { Channels = [3] }, new NetworkSizes(4, 0, 2));
        var settings = new TrainingSettings { WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.95 };
        using var optimizer = new AdamW(network, settings);
        (string name, Parameter weight) = network.named_parameters().First(named => named.name == "members.0.output.weight");
        Parameter bias = network.named_parameters().First(named => named.name == "members.0.output.bias").parameter;
        double[] expectedWeight = Doubles(weight), expectedBias = Doubles(bias);
        double[][] moments = [new double[expectedWeight.Length], new double[expectedWeight.Length], new double[expectedBias.Length],
            new double[expectedBias.Length]];

        for (int step = 1; step <= 3; step++)
        {
            network.zero_grad();
            Tensor gradientOfWeight = randn(weight.shape), gradientOfBias = randn(bias.shape);
            weight.mul(gradientOfWeight).sum().Plus(bias.mul(gradientOfBias).sum()).backward();
            optimizer.Step(0.01, step);
            Reference(expectedWeight, Doubles(gradientOfWeight), moments[0], moments[1], settings, step, decay: 0.1);
            // One dimension: no decay.
            Reference(expectedBias, Doubles(gradientOfBias), moments[2], moments[3], settings, step, decay: 0);
        }

        Assert.That(Doubles(weight), Is.EqualTo(expectedWeight).Within(1e-6), name);
        Assert.That(Doubles(bias), Is.EqualTo(expectedBias).Within(1e-6));
    }

    /// <summary>Every parameter of every kind of network, by hand: weights of inputs decay, biases and norms do not.</summary>
    [Test]
    public void IsDecayed_EveryKindOfNetwork_IsTrueOfMatricesAndKernelsAlone()
    {
        string[] expected =
        [
            "attentionHidden.weight decays", "attentionScore.weight decays", "attentionShift stays",
            "backwards.bias_hh stays", "backwards.bias_ih stays", "backwards.weight_hh decays", "backwards.weight_ih decays",
            "forwards.bias_hh stays", "forwards.bias_ih stays", "forwards.weight_hh decays", "forwards.weight_ih decays",
            "norm.bias stays", "norm.weight stays",
            "output.bias stays", "output.weight decays",
            "residuals.conv.weight decays", "residuals.norm.bias stays", "residuals.norm.weight stays",
            "stages.conv.weight decays", "stages.norm.bias stays", "stages.norm.weight stays",
            "statistics.linear.weight decays", "statistics.norm.bias stays", "statistics.norm.weight stays",
        ];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ModelKind kind in Enum.GetValues<ModelKind>())
            foreach (Pooling pooling in Enum.GetValues<Pooling>())
            {
                var settings = new ModelSettings
                {
                    Kind = kind,
                    Pooling = pooling,
                    Channels = [4, 6],
                    Residuals = 1,
                    LstmUnits = 3,
                    LstmLayers = 2,
                    Bidirectional = true,
                    Statistics = 4,
                };
                using var network = new EmotionNetwork(settings, new NetworkSizes(5, 10, 3));
                foreach ((string name, Parameter parameter) in network.named_parameters())
                    found.Add($"{Layer(name)} {(AdamW.IsDecayed(parameter) ? "decays" : "stays")}");
            }
        Assert.That(found, Is.EqualTo(expected));

        // The last modules of the name, without numbers: residuals.conv.weight, backwards.weight_hh.
        static string Layer(string name)
        {
            string[] parts = [.. name.Split('.').Where(part => !int.TryParse(part, out _))];
            string last = parts[^1].EndsWith("_l0", StringComparison.Ordinal) ? parts[^1][..^3] : parts[^1];
            string[] modules = [.. parts[..^1].Except(["members", "recurrent", "pooling"])];
            string[] dropped = modules.Contains("residuals") ? ["stages"] : [];
            return string.Join('.', modules[^Math.Min(2, modules.Length)..].Except(dropped).Append(last));
        }
    }

    [Test]
    public void Step_AttentionPooling_LeavesItsBiasWithoutDecay()
    {
        using var scope = NewDisposeScope();
        var settings = new ModelSettings { Channels = [4], Pooling = Pooling.Attention };
        using var network = new EmotionNetwork(settings, new NetworkSizes(4, 0, 2));
        using var optimizer = new AdamW(network, new TrainingSettings { WeightDecay = 1 });
        Parameter shift = network.named_parameters()
            .Single(named => named.name.EndsWith("attentionShift", StringComparison.Ordinal)).parameter;
        using (no_grad())
            shift.fill_(TensorMath.One);
        // With a gradient of 0 the decay alone could change it.
        shift.mul(zeros_like(shift)).sum().backward();
        optimizer.Step(0.1, 1);
        Assert.That(Doubles(shift), Is.All.EqualTo(1));
    }

    [Test]
    public void Step_ParameterWithoutGradient_StaysAsItIs()
    {
        using var scope = NewDisposeScope();
        using var network = new EmotionNetwork(new ModelSettings { Channels = [3] }, new NetworkSizes(4, 0, 2));
        using var optimizer = new AdamW(network, new TrainingSettings());
        Dictionary<string, StoredTensor> before = StateDict.From(network);
        optimizer.Step(0.1, 1);
        foreach ((string key, StoredTensor tensor) in StateDict.From(network))
            Assert.That(tensor.Data, Is.EqualTo(before[key].Data), key);
    }

    private static void Reference(
        double[] value, double[] gradient, double[] first, double[] second, TrainingSettings s, int step, double decay)
    {
        for (int i = 0; i < value.Length; i++)
        {
            first[i] = (s.Beta1 * first[i]) + ((1 - s.Beta1) * gradient[i]);
            second[i] = (s.Beta2 * second[i]) + ((1 - s.Beta2) * gradient[i] * gradient[i]);
            double m = first[i] / (1 - Math.Pow(s.Beta1, step)), v = second[i] / (1 - Math.Pow(s.Beta2, step));
            value[i] = value[i] - (0.01 * decay * value[i]) - (0.01 * m / (Math.Sqrt(v) + 1e-8));
        }
    }

    private static double[] Doubles(Tensor tensor) => [.. tensor.detach().data<float>().ToArray().Select(value => (double)value)];
}
