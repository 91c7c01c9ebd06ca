using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>
/// The shapes of a network's matrices and kernels, computed from its settings. A stored model is checked against them before memory for
/// its network is allocated. Vectors, whose lengths follow from these shapes, are checked when they are copied into the network.
/// </summary>
internal static class WeightShapes
{
    /// <summary>Checks that stored weights have the shapes that the settings require.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or of another shape; the message names it.</exception>
    public static void Check(IReadOnlyDictionary<string, StoredTensor> weights, ModelSettings settings, NetworkSizes sizes)
    {
        foreach ((string name, long[] shape) in Compute(settings, sizes))
        {
            if (!weights.TryGetValue(name, out StoredTensor? stored))
                throw new InvalidDataException($"tensor {name} is missing");
            if (!stored.Shape.AsSpan().SequenceEqual(shape))
                throw new InvalidDataException($"tensor {name} has shape {stored.ShapeText}, the model's has [{string.Join(", ", shape)}]");
        }
    }

    /// <summary>Name and shape of every weight of two or more dimensions.</summary>
    public static IEnumerable<(string Name, long[] Shape)> Compute(ModelSettings settings, NetworkSizes sizes) =>
        settings.AllMembers.SelectMany((member, i) =>
            Member(settings, member, sizes).Select(weight => ($"members.{i}.{weight.Name}", weight.Shape)));

    private static List<(string Name, long[] Shape)> Member(ModelSettings settings, MemberSettings member, NetworkSizes sizes)
    {
        int views = member.View == InputView.Both ? 2 : 1;
        var weights = new List<(string Name, long[] Shape)>();
        long width = views * sizes.Features;
        if (member.Kind is ModelKind.Conv or ModelKind.ConvLstm)
            width = Stages(settings, width, weights);
        if (member.Kind is ModelKind.Lstm or ModelKind.ConvLstm)
            width = Recurrent(settings, width, weights);
        long pooled = member.Kind == ModelKind.Statistics ? 0 : Pooled(settings.Pooling, width, weights);
        int units = member.UnitsOfStatistics(settings);
        if (units > 0)
            weights.Add(("statistics.linear.weight", [units, sizes.Statistics]));
        weights.Add(("output.weight", [sizes.Emotions, pooled + units]));
        return weights;
    }

    private static long Stages(ModelSettings settings, long width, List<(string, long[])> weights)
    {
        for (int stage = 0; stage < settings.Channels.Count; stage++)
        {
            long channels = settings.Channels[stage];
            weights.Add(($"stages.{stage}.conv.weight", [channels, width, settings.Kernel]));
            for (int residual = 0; residual < settings.Residuals; residual++)
                weights.Add(($"stages.{stage}.residuals.{residual}.conv.weight", [channels, channels, settings.Kernel]));
            width = channels;
        }
        return width;
    }

    private static long Recurrent(ModelSettings settings, long width, List<(string, long[])> weights)
    {
        long units = settings.LstmUnits, outputs = settings.Bidirectional ? 2 * units : units;
        for (int layer = 0; layer < settings.LstmLayers; layer++)
        {
            foreach (string direction in settings.Bidirectional ? (string[])["forwards", "backwards"] : ["forwards"])
            {
                // The rows of the four gates are stacked.
                weights.Add(($"recurrent.{direction}.{layer}.weight_ih_l0", [4 * units, width]));
                weights.Add(($"recurrent.{direction}.{layer}.weight_hh_l0", [4 * units, units]));
            }
            width = outputs;
        }
        return width;
    }

    private static long Pooled(Pooling pooling, long width, List<(string, long[])> weights)
    {
        if (pooling == Pooling.Attention)
        {
            long hidden = Math.Max(1, width / 2);
            weights.Add(("pooling.attentionHidden.weight", [hidden, width, 1]));
            weights.Add(("pooling.attentionShift", [hidden, 1]));
            weights.Add(("pooling.attentionScore.weight", [1, hidden, 1]));
        }
        return pooling == Pooling.Mean ? width : 2 * width;
    }
}
