namespace SpeechEmotion.Settings;

/// <summary>About how many weights a network will have, so that sizes which no memory holds are refused before any is taken.</summary>
internal static class ModelExtent
{
    /// <summary>1 GB of weights; a training holds five times as much, for gradients, moments and the average.</summary>
    public const double MaxWeights = 1 << 28;

    /// <summary>Weights between the layers that the settings name, without those from features and statistics or to the emotions.</summary>
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
