using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// The learning rate as a pure function of the step: a linear rise to the peak over the warm-up, then a cosine down to 0
/// (Loshchilov and Hutter 2017, without restarts). Nothing needs to be stored to go on.
/// </summary>
internal static class LearningRate
{
    /// <param name="settings">Peak and warm-up.</param>
    /// <param name="step">From 0.</param>
    /// <param name="steps">Steps of the whole training.</param>
    public static double At(TrainingSettings settings, long step, long steps)
    {
        double warmUp = settings.WarmUp * steps;
        if (step < warmUp)
            return settings.LearningRate * (step + 1) / (warmUp + 1);
        double progress = (step - warmUp) / Math.Max(1, steps - warmUp);
        return settings.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * progress));
    }
}
