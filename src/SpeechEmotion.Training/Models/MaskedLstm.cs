using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997) over sequences of different lengths: the backward direction starts at
/// the last frame of each sequence, not in the padding. [batch, inputs, frames] → [batch, outputs, frames], 0 in the padding.
/// </summary>
/// <remarks>
/// Each direction is a module of its own. The forward one never receives padding before speech; for the backward one each sequence is
/// reversed within its own length. This is several times faster than packed sequences, for which libtorch does not use its fused
/// kernels.
/// </remarks>
internal sealed class MaskedLstm : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<LSTM> forwards;
    private readonly ModuleList<LSTM> backwards;

    /// <param name="inputs">Width of the input.</param>
    /// <param name="units">Units per direction.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="bidirectional">Whether there is a backward direction.</param>
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
        Tensor? reversed = backwards.Count > 0 ? ReversedPositions(mask) : null;  // [batch, frames, 1]
        for (int layer = 0; layer < forwards.Count; layer++)
        {
            Tensor ahead = forwards[layer].call(y).Item1;                         // [batch, frames, units]
            y = reversed is null ? ahead : cat([ahead, Reverse(backwards[layer].call(Reverse(y, reversed)).Item1, reversed)], 2);
        }
        return y.transpose(1, 2).mul(mask).MoveToOuterDisposeScope();
    }

    private static Tensor Reverse(Tensor y, Tensor positions) => y.gather(1, positions.expand(y.shape));

    /// <summary>Source index of each frame of the reversed sequences: length − 1 − frame; in the padding the frame itself.</summary>
    private static Tensor ReversedPositions(Tensor mask)
    {
        long batch = mask.size(0), frames = mask.size(2);
        ReadOnlySpan<float> lengths = mask.sum(new long[] { 1, 2 }).cpu().data<float>().ToArray();
        long[] positions = new long[batch * frames];
        for (int i = 0; i < batch; i++)
        {
            int length = (int)lengths[i];
            for (int frame = 0; frame < frames; frame++)
                positions[(i * frames) + frame] = frame < length ? length - 1 - frame : frame;
        }
        Tensor tensor = empty([batch, frames, 1], ScalarType.Int64);
        MemoryMarshal.AsBytes<long>(positions).CopyTo(tensor.bytes);
        return mask.device_type == DeviceType.CPU ? tensor : tensor.to(mask.device);
    }
}
