namespace SpeechEmotion.Inference.Managed;

/// <summary>Batch normalisation in evaluation mode, per channel: y = (x − mean) · weight / √(variance + ε) + bias.</summary>
internal sealed class Norm
{
    private const double Epsilon = 1e-5; // as in training

    private readonly float[] scale, shift;

    public Norm(TensorReader tensors, int channels)
    {
        float[] weight = tensors.Floats("weight", channels), bias = tensors.Floats("bias", channels);
        float[] mean = tensors.Floats("runningMean", channels), variance = tensors.Floats("runningVariance", channels);
        scale = new float[channels];
        shift = new float[channels];
        for (int i = 0; i < channels; i++)
        {
            double factor = weight[i] / Math.Sqrt(variance[i] + Epsilon);
            scale[i] = (float)factor;
            shift[i] = (float)(bias[i] - (mean[i] * factor));
        }
    }

    /// <summary>Normalises one channel and applies ReLU, in place.</summary>
    public void ApplyRelu(Span<float> row, int channel)
    {
        float factor = scale[channel], offset = shift[channel];
        foreach (ref float value in row)
            value = Math.Max(0, (value * factor) + offset);
    }

    /// <summary>Normalises a vector of one value per channel, in place.</summary>
    public void Apply(Span<float> vector)
    {
        for (int i = 0; i < vector.Length; i++)
            vector[i] = (vector[i] * scale[i]) + shift[i];
    }
}
