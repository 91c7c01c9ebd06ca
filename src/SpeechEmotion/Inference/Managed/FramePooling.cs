using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference.Managed;

/// <summary>
/// [channels, frames] → [outputs]: mean, or mean and standard deviation over time, with equal weights or those of learned
/// attention (Okabe, Koshinaka and Shinoda 2018).
/// </summary>
internal sealed class FramePooling
{
    private const float MinVariance = 1e-5f; // as in training

    private readonly Pooling kind;
    private readonly Linear? hidden, score;

    public FramePooling(TensorReader tensors, Pooling kind, int channels)
    {
        this.kind = kind;
        if (kind == Pooling.Attention)
        {
            int width = Math.Max(1, channels / 2);
            hidden = new Linear(
                tensors["attentionHidden"].Floats("weight", (long)width * channels), tensors.Floats("attentionShift", width));
            score = new Linear(tensors["attentionScore"].Floats("weight", width), [0]);
        }
        Outputs = kind == Pooling.Mean ? channels : 2 * channels;
    }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    public float[] Apply(Frames x)
    {
        double[] weights = Weights(x);
        float[] pooled = new float[Outputs];
        for (int channel = 0; channel < x.Channels; channel++)
        {
            ReadOnlySpan<float> row = x.Row(channel);
            double mean = 0, variance = 0;
            for (int frame = 0; frame < row.Length; frame++)
                mean += weights[frame] * row[frame];
            pooled[channel] = (float)mean;
            if (kind == Pooling.Mean)
                continue;
            for (int frame = 0; frame < row.Length; frame++)
                variance += weights[frame] * (row[frame] - mean) * (row[frame] - mean);
            pooled[x.Channels + channel] = MathF.Sqrt(Math.Max((float)variance, MinVariance));
        }
        return pooled;
    }

    /// <summary>Weight of each frame; they sum to 1.</summary>
    private double[] Weights(Frames x)
    {
        double[] weights = new double[x.Count];
        Array.Fill(weights, 1.0 / x.Count);
        if (hidden is null || score is null)
            return weights;
        float[] column = new float[x.Channels], activation = new float[hidden.Outputs], result = new float[1];
        for (int frame = 0; frame < x.Count; frame++)
        {
            for (int channel = 0; channel < x.Channels; channel++)
                column[channel] = x.Values[(channel * x.Count) + frame];
            hidden.Apply(column, activation);
            foreach (ref float value in activation.AsSpan())
                value = MathF.Tanh(value);
            score.Apply(activation, result);
            weights[frame] = result[0];
        }
        double max = weights.Max(), sum = 0;
        for (int frame = 0; frame < weights.Length; frame++)
            sum += weights[frame] = Math.Exp(weights[frame] - max);
        for (int frame = 0; frame < weights.Length; frame++)
            weights[frame] /= sum;
        return weights;
    }
}
