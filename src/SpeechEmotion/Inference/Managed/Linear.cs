using System.Numerics;

namespace SpeechEmotion.Inference.Managed;

/// <summary>A matrix times a vector, plus a bias where there is one: [inputs] → [outputs].</summary>
internal sealed class Linear
{
    private readonly int inputs;
    private readonly float[] weights; // [outputs, inputs]
    private readonly float[] bias;

    public Linear(TensorReader tensors, int inputs, int outputs, bool hasBias)
        : this(tensors.Floats("weight", (long)inputs * outputs), hasBias ? tensors.Floats("bias", outputs) : new float[outputs])
    {
    }

    /// <param name="weights">[outputs, inputs], row-major.</param>
    /// <param name="bias">[outputs].</param>
    public Linear(float[] weights, float[] bias) => (this.weights, this.bias, inputs) = (weights, bias, weights.Length / bias.Length);

    public int Outputs => bias.Length;

    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int output = 0; output < bias.Length; output++)
            y[output] = bias[output] + Dot(weights.AsSpan(output * inputs, inputs), x);
    }

    public float[] Apply(ReadOnlySpan<float> x)
    {
        float[] y = new float[bias.Length];
        Apply(x, y);
        return y;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> even = Vector<float>.Zero, odd = even;
        int lanes = Vector<float>.Count, i = 0;
        for (; i <= a.Length - (2 * lanes); i += 2 * lanes)
        {
            even = Vector.FusedMultiplyAdd(new Vector<float>(a[i..]), new Vector<float>(b[i..]), even);
            odd = Vector.FusedMultiplyAdd(new Vector<float>(a[(i + lanes)..]), new Vector<float>(b[(i + lanes)..]), odd);
        }
        float sum = Vector.Sum(even + odd);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
