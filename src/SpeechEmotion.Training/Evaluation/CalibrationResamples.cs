using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>The expected calibration error of predictions, of resamples, and of a calibrated model with their confidences.</summary>
/// <param name="bins">Bin of each prediction.</param>
/// <param name="confidences">Confidence of each prediction.</param>
/// <param name="correct">Whether each prediction is correct.</param>
internal sealed class CalibrationResamples(int[] bins, double[] confidences, bool[] correct)
{
    private readonly double[] gaps = new double[Calibration.BinCount]; // correct predictions − confidences, summed by bin

    /// <summary>The expected calibration error.</summary>
    public double Ece
    {
        get
        {
            Array.Clear(gaps);
            for (int i = 0; i < bins.Length; i++)
                Add(i, correct[i]);
            return Total(bins.Length);
        }
    }

    /// <summary>Mean error of a model whose predictions are correct with the probability of their confidence.</summary>
    public double MeanEceIfCalibrated(SeededRandom random)
    {
        double sum = 0;
        for (int resample = 0; resample < Bootstrap.Resamples; resample++)
        {
            Array.Clear(gaps);
            for (int i = 0; i < bins.Length; i++)
                Add(i, random.NextDouble() < confidences[i]);
            sum += Total(bins.Length);
        }
        return sum / Bootstrap.Resamples;
    }

    /// <summary>Expected calibration error, and mean of another value of the predictions, of each bootstrap resample.</summary>
    /// <param name="cases">The cases that are resampled, each with the indices of its predictions.</param>
    /// <param name="values">The other value of each prediction.</param>
    /// <param name="random">Generator of the resamples.</param>
    public (double[] Eces, double[] Means) Draw(int[][] cases, double[] values, SeededRandom random)
    {
        double[] eces = new double[Bootstrap.Resamples], means = new double[Bootstrap.Resamples];
        for (int resample = 0; resample < Bootstrap.Resamples; resample++)
        {
            Array.Clear(gaps);
            double sum = 0;
            int count = 0;
            for (int drawn = 0; drawn < cases.Length; drawn++)
                foreach (int i in cases[Bootstrap.Below(random, (uint)cases.Length)])
                {
                    Add(i, correct[i]);
                    sum += values[i];
                    count++;
                }
            (eces[resample], means[resample]) = (Total(count), sum / count);
        }
        return (eces, means);
    }

    private void Add(int prediction, bool isCorrect) =>
        gaps[bins[prediction]] += (isCorrect ? 1 : 0) - confidences[prediction];

    private double Total(int count) => gaps.Sum(Math.Abs) / count;
}
