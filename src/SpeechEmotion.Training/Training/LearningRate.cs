using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// The learning rate as a pure function of the step: a linear warm-up to the peak, then cosine annealing to 0 (Loshchilov and Hutter
/// 2017, without restarts). A resumed run therefore needs no stored state of it.
/// </summary>
internal static class LearningRate
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="settings">Peak and warm-up.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <param name="steps">Number of steps of the whole training.</param>
    public static double At(TrainingSettings settings, long step, long steps)
    {
        double warmUp = settings.WarmUp * steps;
        if (step < warmUp)
            return settings.LearningRate * (step + 1) / (warmUp + 1);
        double progress = (step - warmUp) / Math.Max(1, steps - warmUp);
        return settings.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }
}
