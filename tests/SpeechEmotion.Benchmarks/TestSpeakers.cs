using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Benchmarks;

/// <summary>The model of a finished run, and the sound of what it was tested on.</summary>
internal sealed class TestSpeakers : IDisposable
{
    private TestSpeakers(Checkpoint checkpoint, (ScoredUtterance Told, float[] Samples)[] utterances) => (Checkpoint, Utterances) = (checkpoint, utterances);

    public Checkpoint Checkpoint { get; }

    public IReadOnlyList<(ScoredUtterance Told, float[] Samples)> Utterances { get; }

    public EmotionClassifier Classifier => field ??= TorchClassifier.From(Checkpoint);

    /// <param name="run">Folder of a finished run.</param>
    /// <param name="data">The corpus that it was tested on.</param>
    public static TestSpeakers Load(string run, string data)
    {
        Checkpoint checkpoint = Checkpoint.Load(Path.Combine(run, "best.safetensors"));
        int rate = checkpoint.Settings.Features.SampleRate;
        return new TestSpeakers(checkpoint, [.. PredictionsFile.Load(Path.Combine(run, "predictions.csv")).Judgements
            .Select(told => (told, AudioFile.Read(Path.Combine(data, told.Path), rate).Samples))]);
    }

    public void Dispose() => Classifier.Dispose();
}
