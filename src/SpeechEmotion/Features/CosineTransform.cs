using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// The first rows of the orthonormal DCT-II (<c>scipy.fft.dct</c>, type 2, norm "ortho"), which transforms log-mel values to MFCC.
/// </summary>
internal sealed unsafe class CosineTransform
{
    /// <summary>Rows computed together, so that each value is loaded once for all of them.</summary>
    private const int Group = 8;

    private readonly int inputs;
    private readonly AlignedFloats weights;

    public CosineTransform(int outputs, int inputs)
    {
        Outputs = outputs;
        this.inputs = inputs;
        PaddedOutputs = (outputs + Group - 1) / Group * Group;
        weights = new AlignedFloats(PaddedOutputs * inputs); // [group, input, row in the group]
        for (int row = 0; row < outputs; row++)
            for (int i = 0; i < inputs; i++)
                weights.Span[(row / Group * inputs + i) * Group + row % Group] = Weight(row, i, inputs);
    }

    /// <summary>Number of coefficients.</summary>
    public int Outputs { get; }

    /// <summary>Number of rows written; rows from <see cref="Outputs"/> on are 0.</summary>
    public int PaddedOutputs { get; }

    /// <summary>Weight of an input in a coefficient.</summary>
    public static float Weight(int row, int input, int inputs) =>
        (float)(Math.Sqrt((row == 0 ? 1.0 : 2.0) / inputs) * Math.Cos(Math.PI * row * (2 * input + 1) / (2.0 * inputs)));

    /// <summary>Log-mel values [inputs, lanes] → coefficients [<see cref="PaddedOutputs"/>, lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<T>(float* values, float* result) where T : unmanaged, ILanes<T>
    {
        float* weight = weights.Pointer;
        for (int row = 0; row < PaddedOutputs; row += Group, result += Group * T.Count)
        {
            T a = T.All(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
            float* input = values;
            for (int i = 0; i < inputs; i++, weight += Group, input += T.Count)
            {
                T value = T.Load(input);
                a = T.MultiplyAdd(value, T.All(weight[0]), a);
                b = T.MultiplyAdd(value, T.All(weight[1]), b);
                c = T.MultiplyAdd(value, T.All(weight[2]), c);
                d = T.MultiplyAdd(value, T.All(weight[3]), d);
                e = T.MultiplyAdd(value, T.All(weight[4]), e);
                f = T.MultiplyAdd(value, T.All(weight[5]), f);
                g = T.MultiplyAdd(value, T.All(weight[6]), g);
                h = T.MultiplyAdd(value, T.All(weight[7]), h);
            }
            a.Store(result);
            b.Store(result + T.Count);
            c.Store(result + 2 * T.Count);
            d.Store(result + 3 * T.Count);
            e.Store(result + 4 * T.Count);
            f.Store(result + 5 * T.Count);
            g.Store(result + 6 * T.Count);
            h.Store(result + 7 * T.Count);
        }
    }
}
