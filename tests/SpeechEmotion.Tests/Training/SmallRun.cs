using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Training;

/// <summary>A training that takes a second: three classes of noise that differ in level and contour of one feature.</summary>
internal static class SmallRun
{
    public static readonly string[] Labels = ["anger", "neutral", "sadness"];

    public static RunSettings Settings { get; } = SettingsFile.Parse("""
        {
          "Name": "small", "Seed": 3,
          "Features": { "MelBands": 12, "Mfcc": 6, "Chroma": 0, "Normalisation": "corpus" },
          "Augmentation": { "Tempo": 0.1, "Vtlp": 0.1, "CropSeconds": 0.4, "TimeMasks": 1, "MelMasks": 1, "MelMaskBands": 3, "Mixup": 0.4 },
          "Model": { "Kind": "conv-lstm", "Channels": [8, 8], "LstmUnits": 6, "Dropout": 0.3 },
          "Training": { "Epochs": 4, "BatchSize": 8 }
        }
        """, "small");

    /// <summary>The same with speakers: P×K sampling, logit centring and the supervised contrastive loss.</summary>
    public static RunSettings WithSpeakers { get; } = Settings with
    {
        Features = Settings.Features with { Normalisation = Normalisation.Speaker },
        Model = Settings.Model with { Statistics = 4, LogitCentring = 4, Members = [new(), new() { View = InputView.Both }] },
        Training = Settings.Training with { UtterancesPerSpeaker = 4, Contrastive = 0.3 },
    };

    public static TrainingData Data(RunSettings settings)
    {
        int features = new FeatureExtractor(settings.Features).Count;
        bool speakers = FeatureNormaliser.NeedsSpeakerModel(settings);
        LabelledClip[] clips = [.. Enumerable.Range(0, 60)
            .Select(i => Clip(i, features) with { Speaker = speakers ? $"speaker {i % 5}" : "" })];
        LabelledClip[] training = clips[..45];
        return new TrainingData(training, clips[45..], Labels,
            FeatureNormaliser.Fit(settings.Features.Normalisation, training.Select(clip => clip.Features)) with
            {
                SpeakerModel = speakers ? SpeakerVarianceModel.Fit([.. training.Select(clip => (clip.Statistics, clip.Speaker, 0.4))])
                    : null,
            },
            new ModelProvenance { Corpus = "noise" });
    }

    public static LabelledClip Clip(int index, int features)
    {
        SeededRandom random = Seeds.Random(index, "clip");
        int frames = 20 + random.Next(40), label = index % Labels.Length;
        var clip = new FeatureMatrix(new float[features * frames], features, frames);
        for (int row = 0; row < features; row++)
            for (int frame = 0; frame < frames; frame++)
                clip.Row(row)[frame] = (float)((4 * random.NextDouble()) + (row == label ? 2 + Math.Sin(frame * 0.5) : 0));
        return new LabelledClip(clip, label);
    }

    /// <summary>Trains in a folder and returns the history.</summary>
    public static History Train(RunSettings settings, string folder, bool resume = false, IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var trainer = new Trainer(settings, Data(settings), folder, torch.CPU);
        return trainer.Run(resume ? Checkpoint.Load(trainer.LastPath) : null, progress, cancellation);
    }
}
