using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019): Adam with bias correction and with weight decay that is decoupled from the gradient. Biases and
/// the parameters of batch normalisation are not decayed.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Epsilon = 1e-8;

    private readonly TrainingSettings settings;
    private readonly (string Name, Parameter Value, Tensor First, Tensor Second)[] parameters;

    /// <param name="network">The network whose parameters are optimised.</param>
    /// <param name="settings">Betas and weight decay.</param>
    public AdamW(EmotionNetwork network, TrainingSettings settings)
    {
        this.settings = settings;
        parameters = [.. network.named_parameters().Select(named =>
            (named.name, named.parameter,
             zeros_like(named.parameter).DetachFromDisposeScope(),
             zeros_like(named.parameter).DetachFromDisposeScope()))];
    }

    /// <summary>First and second moments of the gradients by name: <c>first.NAME</c>, <c>second.NAME</c>.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        parameters.SelectMany(p => new[] { ($"first.{p.Name}", p.First), ($"second.{p.Name}", p.Second) });

    /// <summary>Updates every parameter that has a gradient.</summary>
    /// <param name="rate">Learning rate of this step.</param>
    /// <param name="step">Number of the step, from 1.</param>
    public void Step(double rate, long step)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        double firstCorrection = 1 - Math.Pow(settings.Beta1, step);
        double secondCorrection = 1 - Math.Pow(settings.Beta2, step);
        foreach ((_, Parameter value, Tensor first, Tensor second) in parameters)
        {
            if (value.grad is not { } gradient)
                continue;
            first.TimesInPlace(settings.Beta1).PlusInPlace(gradient, 1 - settings.Beta1);
            second.TimesInPlace(settings.Beta2).AddcmulInPlace(gradient, gradient, 1 - settings.Beta2);
            if (IsDecayed(value))
                value.TimesInPlace(1 - (rate * settings.WeightDecay));
            Tensor scale = second.sqrt().OverInPlace(Math.Sqrt(secondCorrection)).PlusInPlace(Epsilon);
            value.AddcdivInPlace(first, scale, -rate / firstCorrection);
        }
    }

    /// <summary>
    /// Whether weight decay applies: matrices and kernels combine several inputs into an output (dimension 0) and have several values
    /// per output. A parameter with one value per output is a bias or a scale, whatever its number of dimensions.
    /// </summary>
    internal static bool IsDecayed(Tensor parameter) => parameter.numel() > parameter.size(0);

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach ((_, _, Tensor first, Tensor second) in parameters)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
