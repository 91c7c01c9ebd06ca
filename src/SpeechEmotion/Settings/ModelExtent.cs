namespace SpeechEmotion.Settings;

/// <summary>
/// Approximate number of weights of a network, by which settings that exceed the memory are rejected before any is allocated.
/// </summary>
internal static class ModelExtent
{
    /// <summary>1 GB of weights. Training takes five times as much: weights, gradients, two moments and the average.</summary>
    public const double MaxWeights = 1 << 28;

    /// <summary>
    /// Number of weights between the hidden layers of all members. The input and output layers, whose sizes depend on features and
    /// labels, are not counted.
    /// </summary>
    public static double Weights(ModelSettings settings) => settings.AllMembers.Sum(member => Member(settings, member.Kind));

    private static double Member(ModelSettings settings, ModelKind kind)
    {
        double weights = 0, width = 1;
        foreach (double channels in kind is ModelKind.Conv or ModelKind.ConvLstm ? settings.Channels : [])
        {
            weights += channels * settings.Kernel * (width + (settings.Residuals * channels));
            width = channels;
        }
        double directions = settings.Bidirectional ? 2 : 1;
        for (int layer = 0; kind is ModelKind.Lstm or ModelKind.ConvLstm && layer < settings.LstmLayers; layer++)
        {
            weights += directions * 4 * settings.LstmUnits * (width + settings.LstmUnits);
            width = directions * settings.LstmUnits;
        }
        return weights;
    }
}
