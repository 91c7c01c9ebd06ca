using SpeechEmotion.Audio;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Benchmarks;

/// <summary>The model of a finished run, and the waveforms of its test utterances.</summary>
internal sealed class TestSpeakers : IDisposable
{
    private TestSpeakers(Checkpoint checkpoint, (ScoredUtterance Scored, float[] Samples)[] utterances) =>
        (Checkpoint, Utterances) = (checkpoint, utterances);

    public Checkpoint Checkpoint { get; }

    public IReadOnlyList<(ScoredUtterance Scored, float[] Samples)> Utterances { get; }

    public EmotionClassifier Classifier => field ??= TorchClassifier.From(Checkpoint);

    /// <param name="run">Folder of a finished run.</param>
    /// <param name="data">The corpus that it was tested on.</param>
    public static TestSpeakers Load(string run, string data)
    {
        Checkpoint checkpoint = Checkpoint.Load(Path.Combine(run, "best.safetensors"));
        int rate = checkpoint.Settings.Features.SampleRate;
        (_, IReadOnlyList<ScoredUtterance> predictions) = PredictionsFile.Load(Path.Combine(run, "predictions.csv"));
        return new TestSpeakers(checkpoint, [.. predictions
            .Select(scored => (scored, AudioFile.Read(Path.Combine(data, scored.Path), rate).Samples))]);
    }

    public void Dispose() => Classifier.Dispose();
}
