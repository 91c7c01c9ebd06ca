using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997) over sequences of their own lengths: the backward direction
/// starts at each sequence's last frame, not in the padding. [batch, inputs, frames] → [batch, outputs, frames], 0 in the padding.
/// </summary>
/// <remarks>
/// Each direction is a module of its own. The forward one never sees padding before speech; for the backward one every
/// sequence is turned round within its own length. This is several times as fast as packed sequences, for which libtorch
/// leaves its fused kernels.
/// </remarks>
internal sealed class MaskedLstm : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<LSTM> forwards;
    private readonly ModuleList<LSTM> backwards;

    public MaskedLstm(int inputs, int units, int layers, bool bidirectional)
        : base(nameof(MaskedLstm))
    {
        Outputs = bidirectional ? 2 * units : units;
        LSTM Layer(int layer) => nn.LSTM(layer == 0 ? inputs : Outputs, units, batchFirst: true);
        forwards = nn.ModuleList(Enumerable.Range(0, layers).Select(Layer).ToArray());
        backwards = nn.ModuleList(Enumerable.Range(0, bidirectional ? layers : 0).Select(Layer).ToArray());
        RegisterComponents();
    }

    /// <summary>Width of the output.</summary>
    public int Outputs { get; }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor y = x.transpose(1, 2).contiguous();                                // [batch, frames, inputs]
        Tensor? turned = backwards.Count > 0 ? ReversedPositions(mask) : null;         // [batch, frames, 1]
        for (int layer = 0; layer < forwards.Count; layer++)
        {
            Tensor ahead = forwards[layer].call(y).Item1;                         // [batch, frames, units]
            y = turned is null ? ahead : cat([ahead, Reverse(backwards[layer].call(Reverse(y, turned)).Item1, turned)], 2);
        }
        return y.transpose(1, 2).mul(mask).MoveToOuterDisposeScope();
    }

    private static Tensor Reverse(Tensor y, Tensor places) => y.gather(1, places.expand(y.shape));

    /// <summary>Where each frame goes when its sequence is turned round: length − 1 − frame, and padding to itself.</summary>
    private static Tensor ReversedPositions(Tensor mask)
    {
        long batch = mask.size(0), frames = mask.size(2);
        ReadOnlySpan<float> lengths = mask.sum(new long[] { 1, 2 }).cpu().data<float>().ToArray();
        long[] places = new long[batch * frames];
        for (int i = 0; i < batch; i++)
        {
            int length = (int)lengths[i];
            for (int frame = 0; frame < frames; frame++)
                places[(i * frames) + frame] = frame < length ? length - 1 - frame : frame;
        }
        Tensor tensor = empty([batch, frames, 1], ScalarType.Int64);
        MemoryMarshal.AsBytes<long>(places).CopyTo(tensor.bytes);
        return mask.device_type == DeviceType.CPU ? tensor : tensor.to(mask.device);
    }
}
