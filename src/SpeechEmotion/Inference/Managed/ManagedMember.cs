using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference.Managed;

/// <summary>
/// One ensemble member: convolution stages → LSTM → pooling → norm, a parallel statistics branch, and the last layer on both.
/// </summary>
internal sealed class ManagedMember
{
    private readonly Stage[] stages;
    private readonly Lstm? recurrent;
    private readonly FramePooling? pooling;
    private readonly Norm? norm, statisticsNorm;
    private readonly Linear? statistics;
    private readonly Linear output;

    public ManagedMember(TensorReader tensors, ModelSettings settings, MemberSettings member, NetworkSizes sizes)
    {
        View = member.View;
        int width = (View == InputView.Both ? 2 : 1) * sizes.Features;
        var convolutions = new List<Stage>();
        foreach (int channels in member.Kind is ModelKind.Conv or ModelKind.ConvLstm ? settings.Channels : [])
        {
            convolutions.Add(new Stage(tensors["stages"][$"{convolutions.Count}"], width, channels, settings.Kernel, settings.Residuals));
            width = channels;
        }
        stages = [.. convolutions];
        if (member.Kind is ModelKind.Lstm or ModelKind.ConvLstm)
        {
            recurrent = new Lstm(tensors["recurrent"], width, settings.LstmUnits, settings.LstmLayers, settings.Bidirectional);
            width = recurrent.Outputs;
        }
        int units = member.UnitsOfStatistics(settings), embedding = units;
        if (member.Kind != ModelKind.Statistics)
        {
            pooling = new FramePooling(tensors["pooling"], settings.Pooling, width);
            norm = new Norm(tensors["norm"], pooling.Outputs);
            embedding += pooling.Outputs;
        }
        if (units > 0)
        {
            statistics = new Linear(tensors["statistics"]["linear"], sizes.Statistics, units, hasBias: false);
            statisticsNorm = new Norm(tensors["statistics"]["norm"], units);
        }
        output = new Linear(tensors["output"], embedding, sizes.Emotions, hasBias: true);
    }

    /// <summary>The input view of the member.</summary>
    public InputView View { get; }

    /// <summary>Computes the vector before the last layer: [width].</summary>
    public float[] Embed(Frames x, ReadOnlySpan<float> utterance)
    {
        float[] branch = [];
        if (statistics is not null)
        {
            branch = statistics.Apply(utterance);
            statisticsNorm!.Apply(branch);
            foreach (ref float value in branch.AsSpan())
                value = Math.Max(0, value);
        }
        if (pooling is null)
            return branch;
        foreach (Stage stage in stages)
            x = stage.Apply(x);
        if (recurrent is not null)
            x = recurrent.Apply(x);
        float[] pooled = pooling.Apply(x);
        norm!.Apply(pooled);
        return [.. pooled, .. branch];
    }

    /// <summary>Embedding [width] → logits [emotions].</summary>
    public float[] Classify(float[] embedding) => output.Apply(embedding);

    /// <summary>Features in an input view. Utterance-level CMVN brings each to mean 0 and standard deviation 1.</summary>
    public static Frames ApplyView(InputView view, FeatureMatrix features)
    {
        var given = new Frames(features.Features, features.Frames, features.Values);
        if (view == InputView.AsNormalised)
            return given;
        int first = view == InputView.Both ? given.Channels : 0;
        var result = new Frames(first + given.Channels, given.Count);
        if (view == InputView.Both)
            given.Values.CopyTo(result.Values, 0);
        for (int row = 0; row < given.Channels; row++)
            Normalise(given.Row(row), result.Row(first + row));
        return result;
    }

    private static void Normalise(ReadOnlySpan<float> row, Span<float> result)
    {
        const double minVariance = 1e-5; // as in training
        double sum = 0, squares = 0;
        foreach (float value in row)
            sum += value;
        double mean = sum / row.Length;
        foreach (float value in row)
            squares += (value - mean) * (value - mean);
        double scale = 1 / Math.Sqrt(Math.Max(squares / row.Length, minVariance));
        for (int i = 0; i < row.Length; i++)
            result[i] = (float)((row[i] - mean) * scale);
    }

    /// <summary>A convolution that halves the frame rate, then residual convolutions at the new rate.</summary>
    private sealed class Stage(TensorReader tensors, int inputs, int outputs, int kernel, int residualCount)
    {
        private readonly Convolution convolution = new(tensors["conv"], inputs, outputs, kernel, stride: 2);
        private readonly Norm norm = new(tensors["norm"], outputs);
        private readonly (Convolution Convolution, Norm Norm)[] residuals =
        [
            .. Enumerable.Range(0, residualCount).Select(i => tensors["residuals"][$"{i}"])
                .Select(residual =>
                    (new Convolution(residual["conv"], outputs, outputs, kernel, stride: 1), new Norm(residual["norm"], outputs))),
        ];

        public Frames Apply(Frames x)
        {
            x = convolution.Apply(x);
            for (int channel = 0; channel < x.Channels; channel++)
                norm.ApplyRelu(x.Row(channel), channel);
            foreach ((Convolution residual, Norm after) in residuals)
            {
                Frames change = residual.Apply(x);
                for (int channel = 0; channel < x.Channels; channel++)
                {
                    Span<float> row = x.Row(channel), added = change.Row(channel);
                    after.ApplyRelu(added, channel);
                    for (int frame = 0; frame < row.Length; frame++)
                        row[frame] += added[frame];
                }
            }
            return x;
        }
    }
}
