using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using SpeechEmotion.Inference.Managed;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>
/// A trained model ready to use: samples → features → normalised clip → network → probabilities. Feature settings, normaliser and
/// network are those of the training. Thread-safe.
/// </summary>
/// <example>
/// <code>
/// using var classifier = EmotionClassifier.Load("voices");
/// Prediction prediction = classifier.Classify(AudioFile.Read("clip.wav"));
/// Console.WriteLine($"{prediction.Emotion} {prediction.Confidence:P0}");
/// </code>
/// </example>
public sealed class EmotionClassifier : IDisposable
{
    private readonly Checkpoint checkpoint;
    private readonly IEmotionNetwork network;
    private readonly FeatureExtractor extractor;
    private readonly Lazy<string> hash;

    /// <param name="checkpoint">Settings, labels, normaliser and calibration.</param>
    /// <param name="network">The checkpoint's network; disposed with the classifier.</param>
    public EmotionClassifier(Checkpoint checkpoint, IEmotionNetwork network)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(network);
        (this.checkpoint, this.network) = (checkpoint, network);
        hash = new Lazy<string>(() => checkpoint.InferenceHash());
        extractor = new FeatureExtractor(checkpoint.Settings.Features);
    }

    /// <summary>The emotions, in the order of the logits.</summary>
    public IReadOnlyList<string> Labels => checkpoint.Labels;

    /// <summary>The settings of the run that trained the model.</summary>
    public RunSettings Settings => checkpoint.Settings;

    /// <summary>Training data and protocol of the model.</summary>
    public ModelProvenance Provenance => checkpoint.Provenance;

    /// <summary>Number of trainable parameters.</summary>
    public long ParameterCount => network.ParameterCount;

    /// <summary>Temperature of the calibration: each probability is raised to the power of 1 / temperature.</summary>
    public double Temperature => checkpoint.Temperature;

    /// <summary>Whether the model adapts to an enrolled speaker, and to the speaker of a stream.</summary>
    public bool AdaptsToSpeaker => Settings.Features.Normalisation == Normalisation.Speaker;

    /// <summary>
    /// Loads a checkpoint file, a run folder's best checkpoint, or a shipped model by name. Its network runs in managed code.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such model; the message lists the places searched.</exception>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or is damaged.</exception>
    public static EmotionClassifier Load(string model) => From(Checkpoint.Load(ModelLocator.Find(model)));

    /// <summary>Loads a checkpoint from a stream. Its network runs in managed code.</summary>
    /// <param name="stream">The checkpoint's bytes, read to the end.</param>
    /// <param name="name">Name of the checkpoint in error messages.</param>
    /// <exception cref="InvalidDataException">The stream holds no checkpoint, or a damaged one.</exception>
    public static EmotionClassifier Load(Stream stream, string name) => From(Checkpoint.Load(stream, name));

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();

    /// <summary>Values in the order of <see cref="Labels"/>, by label.</summary>
    internal OrderedDictionary<string, float> ByLabel(IReadOnlyList<float> values) => ByLabel(Labels, values);

    /// <inheritdoc cref="ByLabel(IReadOnlyList{float})"/>
    internal static OrderedDictionary<string, float> ByLabel(IReadOnlyList<string> labels, IReadOnlyList<float> values) =>
        new(labels.Select((label, i) => KeyValuePair.Create(label, values[i])));

    /// <summary>SHA-256 of all that decides about results, in hexadecimal digits.</summary>
    internal string Hash => hash.Value;

    /// <summary>Classifies samples at the model's rate as one clip.</summary>
    internal ClassifiedWindow ClassifyWindow(ReadOnlySpan<float> samples, SpeakerStatistics? speaker) =>
        Classify([Features(samples)], [speaker])[0];

    /// <summary>Classifies clips from their raw features.</summary>
    /// <param name="features">Raw features of each clip.</param>
    /// <param name="speakers">The speaker of each clip; null: none.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    internal ClassifiedWindow[] Classify(
        IReadOnlyList<FeatureMatrix> features, IReadOnlyList<SpeakerStatistics?> speakers, CancellationToken cancellation = default)
    {
        NormalisedClip[] clips = [.. features.Select((clip, i) => checkpoint.Normaliser.Prepare(clip, speakers[i]))];
        IReadOnlyList<NetworkOutput> outputs = network.Run(clips, cancellation);
        return [.. outputs.Select((output, i) => new ClassifiedWindow(
            Decide(output, speakers[i]), features[i], clips[i].RawStatistics, output.Logits, output.Embedding))];
    }

    /// <summary>Raw features of samples at the model's rate.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="isFiltered">Whether they have been through the high-pass filter of the model already.</param>
    internal FeatureMatrix Features(ReadOnlySpan<float> samples, bool isFiltered = false) => extractor.Extract(samples, isFiltered);

    /// <summary>Probabilities of clips from their raw features, in label order.</summary>
    internal float[][] Probabilities(
        IReadOnlyList<FeatureMatrix> features, IReadOnlyList<SpeakerStatistics?>? speakers = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<NetworkOutput> outputs = Run(features, i => speakers?[i], cancellation);
        return [.. outputs.Select((output, i) => Decide(output, speakers?[i]))];
    }

    /// <summary>
    /// Statistics of a speaker from utterances: of the features, and of the logits of the network adapted to these features.
    /// </summary>
    internal SpeakerStatistics EstimateSpeaker(IReadOnlyList<EnrolmentUtterance> utterances, CancellationToken cancellation = default)
    {
        var speaker = new SpeakerStatistics();
        Accumulate(utterances, new SpeakerStatistics(), speaker, cancellation);
        return speaker;
    }

    /// <summary>Adds utterances to the statistics of a speaker.</summary>
    /// <param name="utterances">The utterances.</param>
    /// <param name="features">Statistics of the features alone, to which the network adapts.</param>
    /// <param name="speaker">Statistics of features and logits.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    internal void Accumulate(
        IReadOnlyList<EnrolmentUtterance> utterances, SpeakerStatistics features, SpeakerStatistics speaker, CancellationToken cancellation)
    {
        foreach (EnrolmentUtterance utterance in utterances)
            features.Add(utterance.Statistics, utterance.Seconds);
        IReadOnlyList<NetworkOutput>? outputs = Settings.Model.LogitCentring == 0
            ? null : Run([.. utterances.Select(utterance => utterance.Features)], _ => features, cancellation);
        for (int i = 0; i < utterances.Count; i++)
            speaker.Add(utterances[i].Statistics, utterances[i].Seconds, outputs is null ? default : outputs[i].Logits);
    }

    private static EmotionClassifier From(Checkpoint checkpoint) => new(checkpoint, new ManagedNetwork(checkpoint));

    private IReadOnlyList<NetworkOutput> Run(
        IReadOnlyList<FeatureMatrix> features, Func<int, SpeakerStatistics?> speaker, CancellationToken cancellation) =>
        network.Run([.. features.Select((clip, i) => checkpoint.Normaliser.Prepare(clip, speaker(i)))], cancellation);

    private float[] Decide(NetworkOutput output, SpeakerStatistics? speaker) =>
        EnsembleDecision.Combine(output.Logits, Labels.Count, LogitOffset(speaker), Temperature);

    /// <summary>
    /// Offset that logit centring subtracts for a speaker: the mean logits times the adaptation weight n / (n + r). Empty: none.
    /// </summary>
    private float[] LogitOffset(SpeakerStatistics? speaker)
    {
        if (Settings.Model.LogitCentring == 0 || speaker is null || checkpoint.Normaliser.SpeakerModel is not { } model)
            return [];
        float weight = (float)SpeakerVarianceModel.AdaptationWeight(model.CountUtterances(speaker), Settings.Model.LogitCentring);
        return [.. speaker.MeanLogits().Select(mean => weight * mean)];
    }
}
