using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Inference.Managed;

/// <summary>
/// A convolution over time without bias and with zero padding of half a kernel: [inputs, frames] → [outputs, ⌈frames / stride⌉].
/// Four outputs are computed at once, so that each input is loaded once for four products.
/// </summary>
internal sealed class Convolution
{
    private const int Block = 4;

    private readonly int inputs, outputs, kernel, stride;
    private readonly float[] weights; // [outputs / 4, inputs, kernel, 4]

    public Convolution(TensorReader tensors, int inputs, int outputs, int kernel, int stride)
    {
        (this.inputs, this.outputs, this.kernel, this.stride) = (inputs, outputs, kernel, stride);
        float[] stored = tensors.Floats("weight", (long)outputs * inputs * kernel); // [outputs, inputs, kernel]
        int blocks = (outputs + Block - 1) / Block, taps = inputs * kernel;
        weights = new float[blocks * taps * Block];
        for (int output = 0; output < outputs; output++)
            for (int tap = 0; tap < taps; tap++)
                weights[((((output / Block) * taps) + tap) * Block) + (output % Block)] = stored[(output * taps) + tap];
    }

    public Frames Apply(Frames x)
    {
        var y = new Frames(outputs, (x.Count + stride - 1) / stride);
        // Taps of one input are rows of equal length: phase p of the padded input holds its samples p, p + stride, p + 2 · stride, …
        int lanes = Vector<float>.Count, steps = (y.Count + lanes - 1) / lanes, length = (steps * lanes) + kernel;
        float[] padded = new float[inputs * stride * length];
        for (int input = 0; input < inputs; input++)
            for (int frame = 0; frame < x.Count; frame++)
            {
                int position = frame + (kernel / 2);
                padded[(((input * stride) + (position % stride)) * length) + (position / stride)] = x.Values[(input * x.Count) + frame];
            }
        Span<float> results = stackalloc float[Block * lanes];
        for (int block = 0; block < outputs; block += Block)
            for (int step = 0; step < steps; step++)
            {
                Sum(padded, length, block, step * lanes, results);
                int count = Math.Min(lanes, y.Count - (step * lanes));
                for (int i = 0; i < Math.Min(Block, outputs - block); i++)
                    results.Slice(i * lanes, count).CopyTo(y.Row(block + i)[(step * lanes)..]);
            }
        return y;
    }

    private void Sum(float[] padded, int length, int block, int first, Span<float> results)
    {
        Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
        ref float tap = ref weights[block * inputs * kernel];
        for (int input = 0; input < inputs; input++)
            for (int k = 0; k < kernel; k++)
            {
                ref float row = ref padded[(((input * stride) + (k % stride)) * length) + (k / stride) + first];
                var x = Vector.LoadUnsafe(ref row);
                a = Vector.FusedMultiplyAdd(x, new Vector<float>(tap), a);
                b = Vector.FusedMultiplyAdd(x, new Vector<float>(Unsafe.Add(ref tap, 1)), b);
                c = Vector.FusedMultiplyAdd(x, new Vector<float>(Unsafe.Add(ref tap, 2)), c);
                d = Vector.FusedMultiplyAdd(x, new Vector<float>(Unsafe.Add(ref tap, 3)), d);
                tap = ref Unsafe.Add(ref tap, Block); // one past the end after the last tap
            }
        Span<Vector<float>> rows = MemoryMarshal.Cast<float, Vector<float>>(results);
        (rows[0], rows[1], rows[2], rows[3]) = (a, b, c, d);
    }
}
