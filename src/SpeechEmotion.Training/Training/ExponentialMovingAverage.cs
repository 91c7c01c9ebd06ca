using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// The exponential moving average of a network's parameters and running statistics (after Polyak and Juditsky 1992). It is held in a
/// network of its own, which is evaluated and stored. Its decay is min(<see cref="TrainingSettings.Averaging"/>, (1 + step) / (10 + step)),
/// so that the average is short in the first steps.
/// </summary>
internal sealed class ExponentialMovingAverage : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly (Tensor Average, Tensor Value)[] pairs;

    /// <param name="network">The network that is trained.</param>
    /// <param name="average">A second network of the same shapes, which receives the average and is disposed with it.</param>
    /// <param name="settings">The decay.</param>
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

    /// <summary>Adds the current weights to the average.</summary>
    /// <param name="step">Number of steps done; at 0, or without averaging, the average becomes a copy of the weights.</param>
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

    /// <summary>Disposes the averaged network.</summary>
    public void Dispose() => Network.Dispose();
}
