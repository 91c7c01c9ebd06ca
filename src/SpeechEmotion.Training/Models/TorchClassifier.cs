using SpeechEmotion.Inference;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>Classifiers whose network runs on libtorch, on any of its devices.</summary>
/// <example>
/// <code>
/// using EmotionClassifier classifier = TorchClassifier.Load("runs/tess");
/// Prediction prediction = classifier.Classify(AudioFile.Read("clip.wav"));
/// Console.WriteLine($"{prediction.Emotion} {prediction.Confidence:P0}");
/// </code>
/// </example>
public static class TorchClassifier
{
    /// <summary>Loads a checkpoint file, a run folder's best checkpoint, or a shipped model by name.</summary>
    /// <param name="model">Path or name.</param>
    /// <param name="device">Where the network runs; null: the CPU.</param>
    /// <exception cref="FileNotFoundException">There is no such model; the message lists where it was looked for.</exception>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or damaged.</exception>
    public static EmotionClassifier Load(string model, Device? device = null) => From(Checkpoint.Load(ModelLocator.Find(model)), device);

    /// <summary>Loads a checkpoint from a stream.</summary>
    /// <param name="stream">The checkpoint's bytes, read to the end.</param>
    /// <param name="name">Names the checkpoint in errors.</param>
    /// <param name="device">Where the network runs; null: the CPU.</param>
    /// <exception cref="InvalidDataException">The stream holds no checkpoint, or a damaged one.</exception>
    public static EmotionClassifier Load(Stream stream, string name, Device? device = null) => From(Checkpoint.Load(stream, name), device);

    /// <summary>The classifier of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">A tensor does not fit the checkpoint's settings; the message names it.</exception>
    public static EmotionClassifier From(Checkpoint checkpoint, Device? device = null) =>
        new(checkpoint, TorchNetwork.Load(checkpoint, device));
}
