namespace SpeechEmotion.Settings;

/// <summary>The network: from features × frames to one logit per emotion.</summary>
public sealed record ModelSettings
{
    /// <summary>Family of the network.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Conv;

    /// <summary>Width of each convolution stage; every stage halves the frame rate.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 64];

    /// <summary>Length of the convolution kernels in frames, odd.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>Residual convolutions after each stage.</summary>
    public int Residuals { get; init; } = 1;

    /// <summary>Units of the LSTM in each direction.</summary>
    public int LstmUnits { get; init; } = 64;

    /// <summary>Layers of the LSTM.</summary>
    public int LstmLayers { get; init; } = 1;

    /// <summary>Whether the LSTM also reads backwards.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>How the frames become one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Attention;

    /// <summary>Share of the pooled values dropped in training.</summary>
    public double Dropout { get; init; } = 0.2;
}

/// <summary>Families of networks.</summary>
public enum ModelKind
{
    /// <summary>One-dimensional convolutions over time.</summary>
    Conv,
    /// <summary>A long short-term memory over the frames.</summary>
    Lstm,
    /// <summary>Convolutions, then a long short-term memory over what they give.</summary>
    ConvLstm,
}

/// <summary>How frames become one vector; frames of padding never count.</summary>
public enum Pooling
{
    /// <summary>Mean over time.</summary>
    Mean,
    /// <summary>Mean and deviation over time.</summary>
    Statistics,
    /// <summary>Mean and deviation over time, weighted by learned attention (Okabe et al. 2018).</summary>
    Attention,
}
