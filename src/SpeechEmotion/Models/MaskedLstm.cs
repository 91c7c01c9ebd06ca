using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997) over sequences of their own lengths: the backward direction
/// starts at each sequence's last frame, not in the padding. [batch, inputs, frames] → [batch, outputs, frames].
/// </summary>
internal sealed class MaskedLstm : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly LSTM lstm;

    public MaskedLstm(int inputs, int units, int layers, bool bidirectional)
        : base(nameof(MaskedLstm))
    {
        lstm = nn.LSTM(inputs, units, layers, batchFirst: true, bidirectional: bidirectional);
        Outputs = bidirectional ? 2 * units : units;
        RegisterComponents();
    }

    /// <summary>Width of the output.</summary>
    public int Outputs { get; }

    public override Tensor forward(Tensor x, Tensor mask)
    {
        using var scope = NewDisposeScope();
        Tensor lengths = mask.sum(new long[] { 1, 2 }).to_type(ScalarType.Int64).cpu();
        using nn.utils.rnn.PackedSequence packed =
            nn.utils.rnn.pack_padded_sequence(x.transpose(1, 2), lengths, batch_first: true, enforce_sorted: false);
        (nn.utils.rnn.PackedSequence states, Tensor hidden, Tensor cell) = lstm.call(packed);
        (Tensor padded, Tensor _) = nn.utils.rnn.pad_packed_sequence(states, batch_first: true, total_length: x.size(2));
        states.Dispose();
        hidden.Dispose();
        cell.Dispose();
        return padded.transpose(1, 2).MoveToOuterDisposeScope(); // [batch, outputs, frames], 0 in the padding
    }
}
