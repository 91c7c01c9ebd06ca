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
    public ModelFacts Facts => checkpoint.Facts;

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => network.ParameterCount;

    /// <summary>Loads a checkpoint file, a run folder's best checkpoint, or a shipped model by name.</summary>
    /// <exception cref="FileNotFoundException">There is no such model; the message lists where it was looked for.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or damaged.</exception>
    public static EmotionClassifier Load(string model)
    {
        string path = ModelPlaces.Find(model);
        try
        {
            return new EmotionClassifier(Checkpoint.Load(path));
        }
        catch (InvalidDataException fault) when (!fault.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>Classifies a recording of any rate: one window for one utterance, several for a longer one, pooled by their mean.</summary>
    /// <exception cref="ArgumentException">The recording is empty.</exception>
    public Prediction Classify(Waveform recording, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.Samples.Length == 0)
            throw new ArgumentException("the recording is empty", nameof(recording));
        int rate = Settings.Features.SampleRate;
        float[] samples = Resampler.Resample(recording, rate).Samples;
        var windows = new List<WindowPrediction>();
        float[] pooled = new float[Labels.Count];
        IReadOnlyList<(int Start, int Length)> cuts = WindowCutter.Cut(samples.Length, rate, Settings.Live);
        foreach ((int start, int length) in cuts)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] probabilities = Probabilities(extractor.Extract(samples.AsSpan(start, length)));
            windows.Add(new WindowPrediction((double)start / rate, (double)(start + length) / rate, probabilities));
            for (int i = 0; i < pooled.Length; i++)
                pooled[i] += probabilities[i] / cuts.Count;
        }
        int best = pooled.IndexOf(pooled.Max());
        return new Prediction(recording.Seconds, Labels[best], pooled[best], pooled, windows);
    }

    /// <summary>Probabilities of clips whose raw features are at hand already, in label order.</summary>
    internal float[][] Probabilities(IReadOnlyList<FeatureMatrix> features, CancellationToken cancellation = default) =>
        NetworkReader.Probabilities(network, [.. features.Select(checkpoint.Normaliser.Normalised)], device, cancellation);

    private float[] Probabilities(FeatureMatrix features) => Probabilities([features])[0];

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();
}
