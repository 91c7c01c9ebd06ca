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

    /// <summary>Units of the branch that sees statistics of every feature over the utterance, joined before the last layer; 0: no such branch.</summary>
    public int Statistics { get; init; }

    /// <summary>Share of the statistics dropped in training.</summary>
    public double StatisticsDropout { get; init; } = 0.4;

    /// <summary>
    /// What the network says of a voice on average is taken away from what it says of its utterances, the more fully the more of it was heard: by half
    /// after so many utterances. 0: nothing is taken. Needs <c>Features.Normalisation = speaker</c> and <c>Training.UtterancesPerSpeaker</c> above 1.
    /// </summary>
    public double LogitCentring { get; init; }

    /// <summary>Networks side by side, each started and trained for itself, that decide together; empty: one, of <see cref="Kind"/>.</summary>
    public IReadOnlyList<MemberSettings> Members { get; init; } = [];

    /// <summary>The members, at least one.</summary>
    internal IReadOnlyList<MemberSettings> AllMembers => Members.Count > 0 ? Members : [new MemberSettings { Kind = Kind }];
}

/// <summary>One of several networks that decide together; sizes are those of <see cref="ModelSettings"/>.</summary>
public sealed record MemberSettings
{
    /// <summary>Family of the network.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Conv;

    /// <summary>What it sees of the features.</summary>
    public InputView View { get; init; } = InputView.AsNormalised;
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
    /// <summary>Statistics of every feature over the utterance alone.</summary>
    Statistics,
}

/// <summary>What a network sees of the features.</summary>
public enum InputView
{
    /// <summary>The features as they were normalised.</summary>
    AsNormalised,
    /// <summary>Each feature relative to its mean and deviation over the utterance.</summary>
    Utterance,
    /// <summary>Both, one above the other.</summary>
    Both,
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
