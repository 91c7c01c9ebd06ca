namespace SpeechEmotion.Inference.Managed;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997) of one or more layers: [inputs, frames] → [outputs, frames]. The gates
/// are in libtorch's order: input, forget, cell, output.
/// </summary>
internal sealed class Lstm
{
    private readonly int units;
    private readonly (Direction Forwards, Direction? Backwards)[] layers;

    public Lstm(TensorReader tensors, int inputs, int units, int layerCount, bool bidirectional)
    {
        this.units = units;
        Outputs = bidirectional ? 2 * units : units;
        layers = [.. Enumerable.Range(0, layerCount).Select(layer => (
            new Direction(tensors["forwards"][$"{layer}"], layer == 0 ? inputs : Outputs, units),
            bidirectional ? new Direction(tensors["backwards"][$"{layer}"], layer == 0 ? inputs : Outputs, units) : null))];
    }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    public Frames Apply(Frames x)
    {
        foreach ((Direction forwards, Direction? backwards) in layers)
        {
            var y = new Frames(Outputs, x.Count);
            forwards.Run(x, y, firstRow: 0, reverse: false);
            backwards?.Run(x, y, firstRow: units, reverse: true);
            x = y;
        }
        return x;
    }

    private sealed class Direction(TensorReader tensors, int inputs, int units)
    {
        private readonly Linear fromInput = new(
            tensors.Floats("weight_ih_l0", 4L * units * inputs), tensors.Floats("bias_ih_l0", 4L * units));
        private readonly Linear fromState = new(
            tensors.Floats("weight_hh_l0", 4L * units * units), tensors.Floats("bias_hh_l0", 4L * units));

        public void Run(Frames x, Frames y, int firstRow, bool reverse)
        {
            float[] column = new float[x.Channels], state = new float[units], cell = new float[units];
            float[] gates = new float[4 * units], recurrent = new float[4 * units];
            for (int step = 0; step < x.Count; step++)
            {
                int frame = reverse ? x.Count - 1 - step : step;
                for (int channel = 0; channel < x.Channels; channel++)
                    column[channel] = x.Values[(channel * x.Count) + frame];
                fromInput.Apply(column, gates);
                fromState.Apply(state, recurrent);
                for (int unit = 0; unit < units; unit++)
                {
                    float input = Sigmoid(Gate(0)), forget = Sigmoid(Gate(1)), candidate = MathF.Tanh(Gate(2)), output = Sigmoid(Gate(3));
                    cell[unit] = (forget * cell[unit]) + (input * candidate);
                    state[unit] = output * MathF.Tanh(cell[unit]);
                    y.Values[((firstRow + unit) * y.Count) + frame] = state[unit];
                    float Gate(int gate) => gates[(gate * units) + unit] + recurrent[(gate * units) + unit];
                }
            }
        }

        private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
    }
}
