namespace SpeechEmotion.Inference;

/// <summary>
/// From the members' logits to probabilities, for every network: logit centring, the mean of the members' log-probabilities, and
/// the temperature (Guo et al. 2017). All sums are in double precision, so that every machine gives the same bits.
/// </summary>
internal static class EnsembleDecision
{
    /// <summary>Probabilities in label order; they sum to 1.</summary>
    /// <param name="logits">Logits of each member in turn: [members · emotions].</param>
    /// <param name="emotions">Number of labels.</param>
    /// <param name="offset">Offset that logit centring subtracts from the logits, in the same order; empty: none.</param>
    /// <param name="temperature">Each probability is raised to the power of 1 / temperature.</param>
    public static float[] Combine(ReadOnlySpan<float> logits, int emotions, ReadOnlySpan<float> offset, double temperature)
    {
        double[] mean = new double[emotions];
        int members = logits.Length / emotions;
        for (int member = 0; member < members; member++)
        {
            int first = member * emotions;
            double max = double.NegativeInfinity, sum = 0;
            for (int i = first; i < first + emotions; i++)
                max = Math.Max(max, Centred(logits, offset, i));
            for (int i = first; i < first + emotions; i++)
                sum += Math.Exp(Centred(logits, offset, i) - max);
            double norm = max + Math.Log(sum);
            for (int i = 0; i < emotions; i++)
                mean[i] += (Centred(logits, offset, first + i) - norm) / members;
        }
        return Softmax(mean, temperature);
    }

    private static float Centred(ReadOnlySpan<float> logits, ReadOnlySpan<float> offset, int index) =>
        offset.Length == 0 ? logits[index] : logits[index] - offset[index];

    private static float[] Softmax(double[] logits, double temperature)
    {
        float[] probabilities = new float[logits.Length];
        double max = logits.Max(), sum = 0;
        foreach (double logit in logits)
            sum += Math.Exp((logit - max) / temperature);
        for (int i = 0; i < logits.Length; i++)
            probabilities[i] = (float)(Math.Exp((logits[i] - max) / temperature) / sum);
        return probabilities;
    }
}
