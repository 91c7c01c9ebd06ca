using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Inference;

/// <summary>
/// A trained model ready to use: samples in, probabilities out, through the same features, normaliser and network that
/// trained. Safe to use from several threads.
/// </summary>
/// <example>
/// <code>
/// using var classifier = EmotionClassifier.Load("runs/tess");
/// Prediction heard = classifier.Classify(AudioFile.Read("clip.wav"));
/// Console.WriteLine($"{heard.Emotion} {heard.Confidence:P0}");
/// </code>
/// </example>
public sealed class EmotionClassifier : IDisposable
{
    /// <summary>Windows of an enrolled voice whose features are held until its sound is known: after so many it is, and an hour of it takes no more memory.</summary>
    private const int MaxPendingWindows = 256;

    private readonly Checkpoint checkpoint;
    private readonly FeatureExtractor extractor;
    private readonly EmotionNetwork network;
    private readonly Device device;

    internal EmotionClassifier(Checkpoint checkpoint, Device? device = null)
    {
        this.checkpoint = checkpoint;
        this.device = device ?? CPU;
        extractor = new FeatureExtractor(checkpoint.Settings.Features);
        network = checkpoint.BuildNetwork();
        network.to(this.device);
    }

    /// <summary>The emotions, in the order of all probabilities.</summary>
    public IReadOnlyList<string> Labels => checkpoint.Labels;

    /// <summary>The settings of the run that trained the model.</summary>
    public RunSettings Settings => checkpoint.Settings;

    /// <summary>What the model was trained on.</summary>
    public ModelProvenance Provenance => checkpoint.Provenance;

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => network.ParameterCount;

    /// <summary>What its probabilities are calibrated with: each to the power of 1 / temperature. 1: they are the network's own.</summary>
    public double Temperature => checkpoint.Temperature;

    /// <summary>Loads a checkpoint file, a run folder's best checkpoint, or a shipped model by name.</summary>
    /// <exception cref="FileNotFoundException">There is no such model; the message lists where it was looked for.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or damaged.</exception>
    public static EmotionClassifier Load(string model) => new(Checkpoint.Load(ModelLocator.Find(model)));

    /// <summary>Whether the model adapts to voices that it is given, or that it hears in a stream.</summary>
    public bool AdaptsToSpeaker => Settings.Features.Normalisation == Normalisation.Speaker;

    /// <summary>Learns a voice from recordings of it, of any rate: no labels, all their speech. A model that does not adapt to voices ignores the result.</summary>
    /// <exception cref="ArgumentException">There is no speech in the recordings.</exception>
    public SpeakerProfile Enrol(IEnumerable<Waveform> recordings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        SpeakerStatistics sound = new(), speaker = new();
        var heard = new List<EnrolmentUtterance>();
        foreach (Waveform recording in recordings)
        {
            var stream = new StreamClassifier(this, recording.SampleRate, measures: false, _ => { })
            {
                WindowClassified = (window, seconds) =>
                {
                    heard.Add(new EnrolmentUtterance(window.Features, window.Statistics, seconds));
                    if (heard.Count == MaxPendingWindows)
                        Accumulate(heard, sound, speaker, cancellation);
                },
            };
            stream.Push(recording.Samples, cancellation);
            stream.Finish();
        }
        Accumulate(heard, sound, speaker, cancellation);
        return speaker.Seconds > 0 ? new SpeakerProfile(speaker) : throw new ArgumentException("no speech was found in the recordings of the voice", nameof(recordings));
    }

    /// <summary>
    /// Classifies a recording of any rate: its utterances are found as in a live stream, one window each or several for a long
    /// one, and their probabilities pooled. Without speech the emotion is <see cref="Prediction.NoSpeech"/>.
    /// </summary>
    /// <remarks>A model that adapts to voices learns the recording's own, utterance by utterance, from what was judged already.</remarks>
    /// <param name="recording">The recording.</param>
    /// <param name="speaker">What is known of its voice; null: nothing.</param>
    /// <param name="cancellation">Stops between two pieces of a quarter of a second.</param>
    /// <exception cref="ArgumentException">The recording is empty.</exception>
    public Prediction Classify(Waveform recording, SpeakerProfile? speaker = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.Samples.Length == 0)
            throw new ArgumentException("the recording is empty", nameof(recording));
        var windows = new List<WindowPrediction>();
        var pool = new PooledDecision(Labels.Count);
        var stream = new StreamClassifier(this, recording.SampleRate, measures: false, found =>
        {
            if (found.Kind != StreamEventKind.Window)
                return;
            windows.Add(new WindowPrediction(found.Start, found.End, found.Probabilities));
            pool.Add(windows[^1]);
        }, speaker);
        stream.Push(recording.Samples, cancellation);
        stream.Finish();
        float[] pooled = pool.Probabilities();
        int best = PooledDecision.ArgMax(pooled);
        return new Prediction(recording.Seconds, pool.IsEmpty ? Prediction.NoSpeech : Labels[best], pooled[best], pooled, windows);
    }

    /// <summary>What a stretch of sound at the model's rate, taken as one clip, is judged to be, and what it tells of the voice.</summary>
    internal ClassifiedWindow ClassifyWindow(ReadOnlySpan<float> samples, SpeakerStatistics? speaker)
    {
        FeatureMatrix features = extractor.Extract(samples);
        NormalisedClip clip = Prepare(features, speaker);
        (float[] probabilities, float[] logits) = NetworkReader.Read(network, [clip], Temperature, device)[0];
        return new ClassifiedWindow(probabilities, features, clip.RawStatistics, logits);
    }

    /// <summary>What is known of a voice after some of its utterances: their statistics, and what the network says of them once it knows those.</summary>
    internal SpeakerStatistics EstimateSpeaker(IReadOnlyList<EnrolmentUtterance> utterances, CancellationToken cancellation = default)
    {
        var speaker = new SpeakerStatistics();
        Accumulate([.. utterances], new SpeakerStatistics(), speaker, cancellation);
        return speaker;
    }

    /// <summary>Hears utterances of a voice of which others may have been heard, and forgets them.</summary>
    /// <param name="utterances">The utterances; empty afterwards.</param>
    /// <param name="sound">How the voice sounds, which the network is told.</param>
    /// <param name="speaker">The same, and what the network says of it.</param>
    /// <param name="cancellation">Stops between batches.</param>
    private void Accumulate(List<EnrolmentUtterance> utterances, SpeakerStatistics sound, SpeakerStatistics speaker, CancellationToken cancellation)
    {
        foreach (EnrolmentUtterance utterance in utterances)
            sound.Add(utterance.Statistics, utterance.Seconds);
        (float[], float[] Logits)[]? said = Settings.Model.LogitCentring == 0 ? null : Read([.. utterances.Select(each => each.Features)], _ => sound, cancellation);
        for (int i = 0; i < utterances.Count; i++)
            speaker.Add(utterances[i].Statistics, utterances[i].Seconds, said is null ? default : said[i].Logits);
        utterances.Clear();
    }

    /// <summary>Raw features of a stretch of sound at the model's rate.</summary>
    internal FeatureMatrix Features(ReadOnlySpan<float> samples) => extractor.Extract(samples);

    /// <summary>Probabilities of clips whose raw features are at hand already, in label order.</summary>
    internal float[][] Probabilities(
        IReadOnlyList<FeatureMatrix> features, IReadOnlyList<SpeakerStatistics?>? speakers = null, CancellationToken cancellation = default) =>
        [.. Read(features, i => speakers?[i], cancellation).Select(read => read.Probabilities)];

    private (float[] Probabilities, float[] Logits)[] Read(IReadOnlyList<FeatureMatrix> features, Func<int, SpeakerStatistics?> speaker, CancellationToken cancellation) =>
        NetworkReader.Read(network, [.. features.Select((clip, i) => Prepare(clip, speaker(i)))], Temperature, device, cancellation);

    private NormalisedClip Prepare(FeatureMatrix features, SpeakerStatistics? speaker)
    {
        NormalisedClip clip = checkpoint.Normaliser.Prepare(features, speaker);
        if (Settings.Model.LogitCentring == 0 || speaker is null || checkpoint.Normaliser.SpeakerModel is not { } speakers)
            return clip;
        float trust = (float)SpeakerVarianceModel.AdaptationWeight(speakers.CountUtterances(speaker), Settings.Model.LogitCentring);
        return clip with { LogitOffset = [.. speaker.MeanLogits().Select(mean => trust * mean)] };
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();
}
