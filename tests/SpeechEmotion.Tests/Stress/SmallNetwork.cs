using SpeechEmotion.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Stress;

/// <summary>
/// A small masked convolution network with an LSTM, trained by a hand-written AdamW: every kind of call the program's own training makes.
/// </summary>
internal sealed class SmallNetwork : nn.Module<Tensor, Tensor, Tensor>
{
    private const int Batch = 8, Bands = 12, Frames = 24, Classes = 5;

    private readonly Conv1d conv;
    private readonly LSTM lstm;
    private readonly Linear linear;

    private SmallNetwork() : base(nameof(SmallNetwork))
    {
        conv = nn.Conv1d(Bands, 16, 3, padding: 1L);
        lstm = nn.LSTM(16, 8, batchFirst: true, bidirectional: true);
        linear = nn.Linear(16, Classes);
        RegisterComponents();
    }

    /// <summary>features [batch, bands, frames], mask [batch, 1, frames] with 1 on speech → logits [batch, classes].</summary>
    public override Tensor forward(Tensor features, Tensor mask)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor count = mask.sum(new long[] { 0, 2 }, keepdim: true).ClampMin(1);
        Tensor x = conv.call(features).mul(mask);
        Tensor mean = x.sum(new long[] { 0, 2 }, keepdim: true).div(count);
        Tensor centred = x.Minus(mean).mul(mask);
        Tensor variance = centred.Squared().sum(new long[] { 0, 2 }, keepdim: true).div(count);
        x = centred.mul(variance.Plus(1e-5).rsqrt()).relu();
        x = nn.functional.dropout(x, 0.2, training);
        (x, _, _) = lstm.call(x.transpose(1, 2));
        Tensor weight = mask.transpose(1, 2);
        Tensor score = x.mean([2], keepdim: true).MaskedFill(weight.IsEqualTo(0), -1e9).softmax(1);
        Tensor logits = linear.call(x.mul(score).sum(new long[] { 1 }));
        return logits.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Trains for <paramref name="steps"/> steps from <paramref name="seed"/>; returns every loss, every probability and the final weights.
    /// </summary>
    public static float[] Run(int seed, int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(seed);
        using SmallNetwork network = new();
        Tensor features = randn(64, Bands, Frames);
        Tensor mask = cat([ones(64, 1, Frames - 6), zeros(64, 1, 6)], 2);
        Tensor labels = tensor(Enumerable.Range(0, 64).Select(i => (long)(i % Classes)).ToArray());
        List<float> trace = [];
        List<(Parameter Weight, Tensor First, Tensor Second)> state =
            [.. network.parameters().Select(weight => (weight, zeros_like(weight), zeros_like(weight)))];
        for (int step = 1; step <= steps; step++)
        {
            network.train();
            trace.Add(network.Step(features, mask, labels, state, step));
            network.eval();
            trace.AddRange(network.Probabilities(features, mask));
        }
        foreach (Parameter weight in network.parameters())
            trace.AddRange(weight.data<float>().ToArray());
        return [.. trace];
    }

    private float Step(Tensor features, Tensor mask, Tensor labels, List<(Parameter Weight, Tensor First, Tensor Second)> state, int step)
    {
        const double rate = 1e-3, decay = 1e-2, beta1 = 0.9, beta2 = 0.999;
        using DisposeScope scope = NewDisposeScope();
        Tensor chosen = randperm(features.shape[0])[..Batch];
        Tensor logits = call(features.index_select(0, chosen), mask.index_select(0, chosen));
        Tensor loss = nn.functional.cross_entropy(logits, labels.index_select(0, chosen), label_smoothing: 0.1);
        zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(state.Select(entry => entry.Weight), 1);
        using (no_grad())
        {
            foreach ((Parameter weight, Tensor first, Tensor second) in state)
            {
                Tensor gradient = weight.grad!;
                first.TimesInPlace(beta1).PlusInPlace(gradient, 1 - beta1);
                second.TimesInPlace(beta2).AddcmulInPlace(gradient, gradient, 1 - beta2);
                Tensor size = second.Over(1 - Math.Pow(beta2, step)).sqrt().Plus(1e-8);
                weight.TimesInPlace(1 - (rate * decay)).AddcdivInPlace(first, size, -rate / (1 - Math.Pow(beta1, step)));
            }
        }
        return loss.item<float>();
    }

    private float[] Probabilities(Tensor features, Tensor mask)
    {
        using DisposeScope scope = NewDisposeScope();
        using (inference_mode())
            return call(features.narrow(0, 0, 2), mask.narrow(0, 0, 2)).softmax(1).data<float>().ToArray();
    }
}
