using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// A running average of a network's parameters and running statistics (Polyak and Juditsky 1992), in a network of its own
/// that is evaluated and stored. Early on the average is short: min(decay, (1 + step) / (10 + step)).
/// </summary>
internal sealed class ExponentialMovingAverage : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly (Tensor Average, Tensor Value)[] pairs;

    public ExponentialMovingAverage(EmotionNetwork network, EmotionNetwork average, TrainingSettings settings)
    {
        this.settings = settings;
        Network = average;
        Network.eval();
        Dictionary<string, Tensor> own = average.state_dict(), trained = network.state_dict();
        pairs = [.. own.Select(named => (named.Value, trained[named.Key]))];
        Update(0);
    }

    /// <summary>The network that holds the average, in evaluation mode.</summary>
    public EmotionNetwork Network { get; }

    /// <param name="step">Steps done; at 0, or without averaging, the average becomes the weights themselves.</param>
    public void Update(long step)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        double decay = step == 0 ? 0 : Math.Min(settings.Averaging, (1.0 + step) / (10 + step));
        foreach ((Tensor average, Tensor value) in pairs)
        {
            if (decay == 0)
                average.copy_(value);
            else
                average.TimesInPlace(decay).PlusInPlace(value, 1 - decay);
        }
    }

    public void Dispose() => Network.Dispose();
}
