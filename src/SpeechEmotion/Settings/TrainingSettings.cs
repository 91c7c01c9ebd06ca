namespace SpeechEmotion.Settings;

/// <summary>
/// Optimisation and calibration of the network: AdamW, a learning rate with linear warm-up and cosine decay, and an exponential moving
/// average of the weights.
/// </summary>
public sealed record TrainingSettings
{
    /// <summary>Number of epochs: passes over the training part, 1 to 100000.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>
    /// Most optimisation steps of all epochs together; 0: no limit. On a large corpus the number of epochs is reduced to meet it, to no
    /// less than 1.
    /// </summary>
    public int MaxSteps { get; init; }

    /// <summary>Batch size in utterances, 2 to 65536.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Peak learning rate, above 0.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>
    /// Share of all steps, from 0 to below 1, over which the learning rate rises linearly from 0 to its peak. After them it falls to 0
    /// along a cosine (Loshchilov and Hutter 2017, without restarts).
    /// </summary>
    public double WarmUp { get; init; } = 0.15;

    /// <summary>
    /// Decoupled weight decay of AdamW (Loshchilov and Hutter 2019), at least 0. It applies to matrices and kernels, not to biases and
    /// norms.
    /// </summary>
    public double WeightDecay { get; init; } = 0.02;

    /// <summary>Decay rate of the first moment in AdamW, from 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay rate of the second moment in AdamW, from 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.99;

    /// <summary>
    /// Label smoothing (Szegedy et al. 2016): probability that the target spreads evenly over all emotions, from 0 to below 1; 0: none.
    /// </summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>
    /// Weight of the supervised contrastive loss (Khosla et al. 2020), at least 0; 0: none. The loss increases the cosine similarity of
    /// embeddings of the same emotion by different speakers against all others in the batch.
    /// </summary>
    public double Contrastive { get; init; }

    /// <summary>Largest L2 norm of the gradient of all weights; a larger gradient is scaled down to it; 0: no limit.</summary>
    public double GradientClip { get; init; } = 5;

    /// <summary>
    /// Decay of the exponential moving average of the weights, from 0 to below 1; 0: no average. The decay at a step is
    /// min(value, (1 + step) / (10 + step)). The averaged network is evaluated and stored.
    /// </summary>
    public double Averaging { get; init; } = 0.99;

    /// <summary>Epochs without a better validation result after which training stops (early stopping); 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>
    /// Probability with which a training utterance is normalised as if other utterances of its speaker had been enrolled, 0 to 1. It
    /// applies with <c>Features.Normalisation = speaker</c>, so that the network is trained both with and without enrolment.
    /// </summary>
    public double EnrolmentProbability { get; init; } = 0.5;

    /// <summary>
    /// K of P×K sampling (Hermans et al. 2017): utterances per speaker in a batch, 1 to half of <see cref="BatchSize"/>. Augmentation
    /// turns the K utterances of a speaker into the same artificial speaker in the same acoustic conditions. 1: batches of utterances
    /// of similar length, each augmented separately.
    /// </summary>
    public int UtterancesPerSpeaker { get; init; } = 1;

    /// <summary>Epoch whose weights are kept.</summary>
    public KeptEpoch Keep { get; init; } = KeptEpoch.Best;

    /// <summary>
    /// Most utterances per speaker and epoch, drawn anew in each epoch; 0: all. It prevents a corpus with many utterances of few
    /// speakers from dominating the training. It cannot be combined with <c>Balance = balanced</c>.
    /// </summary>
    public int MaxUtterancesPerSpeaker { get; init; }

    /// <summary>
    /// Temperature of temperature scaling (Guo et al. 2017), 0.1 to 10: each log-probability is divided by it to calibrate the
    /// confidences, which never changes the predicted label; 0: fitted on the validation part, or 1 without a validation part. The
    /// report of a cross-validation states the temperature that would calibrate unseen speakers.
    /// </summary>
    public double Temperature { get; init; }

    /// <summary>Compensation of unequal class sizes.</summary>
    public ClassBalance Balance { get; init; } = ClassBalance.None;

    /// <summary>
    /// Threads on which libtorch computes, 1 to 1024, at most as many as <c>--threads</c>. It belongs to the settings because libtorch
    /// divides a sum into one part per thread, so that the last digits depend on it. One thread is the fastest on small networks.
    /// </summary>
    public int TorchThreads { get; init; } = 1;

    /// <summary>
    /// Instructions of the processor with which libtorch computes. Other instructions round and add in another way, which can lead a
    /// training to another result.
    /// </summary>
    public CpuLevel CpuLevel { get; init; } = CpuLevel.Avx2;

    /// <summary>Number of epochs with <see cref="MaxSteps"/> taken into account.</summary>
    internal int ComputeEpochs(int stepsPerEpoch) => MaxSteps == 0 ? Epochs : Math.Clamp(MaxSteps / stepsPerEpoch, 1, Epochs);
}

/// <summary>Epoch whose weights are kept.</summary>
public enum KeptEpoch
{
    /// <summary>The epoch with the highest validation UAR, the last of equal ones; without a validation part the last epoch.</summary>
    Best,
    /// <summary>The last epoch, so that the validation part chooses nothing.</summary>
    Last,
}

/// <summary>Compensation of unequal class sizes.</summary>
public enum ClassBalance
{
    /// <summary>No compensation.</summary>
    None,
    /// <summary>The loss of an utterance is weighted by the inverse size of its class.</summary>
    Weighted,
    /// <summary>Utterances of smaller classes are drawn more often, until each class has the size of the largest.</summary>
    Balanced,
}

/// <summary>Instructions of the processor with which libtorch computes.</summary>
public enum CpuLevel
{
    /// <summary>
    /// The same instructions on every x64 processor with AVX2, so that the weights do not depend on the machine. A processor without AVX2
    /// computes as with <see cref="Native"/>, and the report says so.
    /// </summary>
    Avx2,
    /// <summary>The instructions that libtorch chooses for the processor.</summary>
    Native,
}
