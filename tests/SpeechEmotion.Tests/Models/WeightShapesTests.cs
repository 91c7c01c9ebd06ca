using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Models;

public class WeightShapesTests
{
    private static readonly NetworkSizes Sizes = new(12, 7, 5);

    [TestCaseSource(typeof(EmotionNetworkTests), nameof(EmotionNetworkTests.Networks))]
    public void Compute_EveryKindOfNetwork_AreTheShapesThatItHas(ModelSettings settings)
    {
        using var network = new EmotionNetwork(settings, Sizes);
        Dictionary<string, string> built = StateDict.From(network).Where(pair => pair.Value.Shape.Length > 1)
            .ToDictionary(pair => pair.Key, pair => pair.Value.ShapeText);
        Assert.That(WeightShapes.Compute(settings, Sizes)
            .ToDictionary(weight => weight.Name, weight => $"[{string.Join(", ", weight.Shape)}]"), Is.EquivalentTo(built));
    }

    [TestCaseSource(typeof(EmotionNetworkTests), nameof(EmotionNetworkTests.Networks))]
    public void ModelExtent_EveryKindOfNetwork_IsNearItsWeights(ModelSettings settings)
    {
        ModelSettings wide = settings with
        {
            Channels = [64, 96],
            LstmUnits = 80,
            Statistics = settings.Kind == ModelKind.Statistics ? 1 : 0,
        };
        double weights = WeightShapes.Compute(wide, new NetworkSizes(1, 1, 2))
            .Sum(weight => weight.Shape.Aggregate(1.0, (count, size) => count * size));
        Assert.That(ModelExtent.Weights(wide), Is.InRange(settings.Kind == ModelKind.Statistics ? 0 : 0.5 * weights, 1.2 * weights));
    }
}
