namespace SpeechEmotion.Settings;

/// <summary>How the network is trained: AdamW, warm-up, cosine, averaged weights.</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the training part.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Most steps of all epochs together: a corpus so large that they would be more is passed over fewer times, at least once; 0: no limit.</summary>
    public int MaxSteps { get; init; }

    /// <summary>Utterances a step.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Peak learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Share of all steps over which the rate rises from 0 to its peak; after it the rate falls along a cosine to 0.</summary>
    public double WarmUp { get; init; } = 0.15;

    /// <summary>Decoupled weight decay (Loshchilov and Hutter 2019) of matrices and kernels; biases and norms have none.</summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>AdamW's decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Probability spread over the other emotions in the target.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>
    /// Share of a second loss that draws utterances of the same emotion together when other voices speak them, and away from the rest of their
    /// batch (Khosla et al. 2020); 0: none.
    /// </summary>
    public double Contrastive { get; init; }

    /// <summary>Largest norm of all gradients together; 0: no limit.</summary>
    public double GradientClip { get; init; } = 5;

    /// <summary>Decay of the running average of the weights, which is what is evaluated and stored: min(value, (1 + step) / (10 + step)); 0: no average.</summary>
    public double Averaging { get; init; } = 0.99;

    /// <summary>Epochs without a better validation result after which training stops; 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>With <c>Features.Normalisation = speaker</c>: share of the training utterances that are shown as if other utterances of their voice had been heard before.</summary>
    public double EnrolmentProbability { get; init; } = 0.5;

    /// <summary>
    /// Utterances of one voice that are side by side in a batch and become the same other voice, in the same surroundings, by augmentation; 1: each becomes
    /// one of its own, and utterances of like length are side by side.
    /// </summary>
    public int UtterancesPerSpeaker { get; init; } = 1;

    /// <summary>Which epoch's weights are kept.</summary>
    public KeptEpoch Keep { get; init; } = KeptEpoch.Best;

    /// <summary>Most utterances of one voice in an epoch, drawn anew each time, so that a corpus of few voices with much to say does not drown the others; 0: all.</summary>
    public int MaxUtterancesPerSpeaker { get; init; }

    /// <summary>
    /// What the model's probabilities are calibrated with, each to the power of 1 / temperature (Guo et al. 2017); 0: fitted on the
    /// validation part, 1 without one. A cross-validation's report says what would have calibrated voices that were not heard.
    /// </summary>
    public double Temperature { get; init; }

    /// <summary>What is done about classes of uneven size.</summary>
    public ClassBalance Balance { get; init; } = ClassBalance.None;

    /// <summary>Passes over a training part, which <see cref="MaxSteps"/> may make fewer.</summary>
    internal int ComputeEpochs(int stepsPerEpoch) => MaxSteps == 0 ? Epochs : Math.Clamp(MaxSteps / stepsPerEpoch, 1, Epochs);
}

/// <summary>Which epoch's weights are kept.</summary>
public enum KeptEpoch
{
    /// <summary>The epoch with the highest UAR on the validation part, the last of equal ones; without a validation part the last.</summary>
    Best,
    /// <summary>The last, whatever the validation part says: nothing is chosen.</summary>
    Last,
}

/// <summary>What is done about classes of uneven size.</summary>
public enum ClassBalance
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The loss of an utterance is weighted by the inverse of its class's size.</summary>
    Weighted,
    /// <summary>Small classes are drawn more often, until all are as large as the largest.</summary>
    Balanced,
}
