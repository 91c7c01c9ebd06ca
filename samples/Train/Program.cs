// Trains on synthetic speech, evaluates, predicts and follows a stream: Train [EPOCHS] [FOLDER]
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Models;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;

var settings = new RunSettings
{
    Split = new SplitSettings { By = SplitBy.Speaker, Test = 0.2, Validation = 0.2 },
    Training = new TrainingSettings { Epochs = args.Length > 0 ? int.Parse(args[0]) : 20 },
};
var options = new RunOptions { Folder = args.Length > 1 ? args[1] : "runs/sample", UseCache = false };

TrainingResult run = TrainingRun.Run(settings, options);
Console.WriteLine($"trained {run.History.Count} epochs, UAR {run.Report!.Uar.Value:P1}");

EvaluationReport report = Evaluator.Run(run.Folder, options with { Folder = Path.Combine(run.Folder, "evaluation") });
Console.WriteLine($"evaluated {report.Utterances.Counted} utterances, UAR {report.Uar.Value:P1}");

using EmotionClassifier classifier = TorchClassifier.Load(run.Folder);
Waveform clip = new SyntheticCorpus(settings.Corpus.Synthetic).Render(0);
Prediction prediction = classifier.Classify(clip);
Console.WriteLine($"predicted {prediction.Emotion}, {prediction.Confidence:P0}");

using var source = new FileSource("synthetic speech", clip, realTime: false);
await foreach (StreamEvent each in new LiveSession(classifier, source).ListenAsync())
    Console.WriteLine($"{each.Time:0.0} s {each.Type} {each.Emotion}");
