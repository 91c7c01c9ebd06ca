namespace SpeechEmotion.Settings;

/// <summary>The network: [features, frames] → one logit per emotion.</summary>
public sealed record ModelSettings
{
    /// <summary>Kind of the network. With <see cref="Members"/> it is not used: each member has a kind of its own.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Conv;

    /// <summary>
    /// Output channels of each convolution stage, for kinds <c>conv</c> and <c>conv-lstm</c>: 1 to 8 stages of 1 to 4096 channels. Each
    /// stage halves the frame rate.
    /// </summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 64];

    /// <summary>Length of the convolution kernels in frames, odd, 1 to 101.</summary>
    public int Kernel { get; init; } = 5;

    /// <summary>Number of residual convolutions in each stage, after its strided one, 0 to 32 (He et al. 2016).</summary>
    public int Residuals { get; init; } = 1;

    /// <summary>Units of the LSTM per direction, 1 to 4096, for kinds <c>lstm</c> and <c>conv-lstm</c>.</summary>
    public int LstmUnits { get; init; } = 64;

    /// <summary>Layers of the LSTM, 1 to 16.</summary>
    public int LstmLayers { get; init; } = 1;

    /// <summary>Whether the LSTM is bidirectional.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>Reduction of all frames to one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Attention;

    /// <summary>Dropout probability of the pooled values in training, from 0 to below 1.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>
    /// Units of the statistics branch, 1 to 4096; 0: no such branch. The branch receives the normalised utterance statistics and is
    /// joined with the pooled frames before the last layer.
    /// </summary>
    public int Statistics { get; init; }

    /// <summary>Dropout probability of inputs and outputs of the statistics branch in training, from 0 to below 1.</summary>
    public double StatisticsDropout { get; init; } = 0.4;

    /// <summary>
    /// Relevance factor r of logit centring, in utterances; 0: no centring. The mean logits of a speaker over n observed utterances,
    /// times the adaptation weight n/(n+r), are subtracted from the logits of each of the speaker's utterances (after logit adjustment,
    /// Menon et al. 2021). If the model classifies a speaker as angry on average, an utterance must exceed that average to be labelled
    /// angry. It needs <c>Features.Normalisation = speaker</c> and <c>Training.UtterancesPerSpeaker</c> above 1.
    /// </summary>
    public double LogitCentring { get; init; }

    /// <summary>
    /// Ensemble members, at most 64: networks with separate initial weights, whose mean log-probabilities give the result; empty: one
    /// network of <see cref="Kind"/>.
    /// </summary>
    public IReadOnlyList<MemberSettings> Members { get; init; } = [];

    /// <summary>The members, at least one.</summary>
    internal IReadOnlyList<MemberSettings> AllMembers => Members.Count > 0 ? Members : [new MemberSettings { Kind = Kind }];
}

/// <summary>One member of an ensemble; its sizes are those of <see cref="ModelSettings"/>.</summary>
public sealed record MemberSettings
{
    /// <summary>Kind of the network.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Conv;

    /// <summary>Form in which the member receives the features.</summary>
    public InputView View { get; init; } = InputView.AsNormalised;

    /// <summary>
    /// Whether the member has the statistics branch, if <see cref="ModelSettings.Statistics"/> asks for one. A member with the view
    /// <c>utterance</c> and without the branch knows nothing of level, microphone and speaker but what changes within the utterance.
    /// </summary>
    public bool Statistics { get; init; } = true;

    /// <summary>Units of the member's statistics branch; 0: none.</summary>
    internal int UnitsOfStatistics(ModelSettings settings) => Statistics ? settings.Statistics : 0;
}

/// <summary>Kinds of networks.</summary>
public enum ModelKind
{
    /// <summary>One-dimensional convolutions over time.</summary>
    Conv,
    /// <summary>An LSTM (long short-term memory) over the frames.</summary>
    Lstm,
    /// <summary>Convolutions over time, then an LSTM over their output.</summary>
    ConvLstm,
    /// <summary>The statistics branch alone.</summary>
    Statistics,
}

/// <summary>Forms in which a network receives the features.</summary>
public enum InputView
{
    /// <summary>As <c>Features.Normalisation</c> leaves them.</summary>
    AsNormalised,
    /// <summary>With utterance-level CMVN: mean 0 and standard deviation 1 of each feature over the utterance.</summary>
    Utterance,
    /// <summary>Both, stacked: twice the number of features.</summary>
    Both,
}

/// <summary>Reductions of all frames to one vector. Frames of padding have no weight.</summary>
public enum Pooling
{
    /// <summary>Mean over time.</summary>
    Mean,
    /// <summary>Mean and standard deviation over time.</summary>
    Statistics,
    /// <summary>Mean and standard deviation over time, weighted by learned attention (Okabe et al. 2018).</summary>
    Attention,
}
