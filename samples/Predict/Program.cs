// Predicts the emotion of recordings without libtorch: Predict MODEL FILE...
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

using EmotionClassifier classifier = EmotionClassifier.Load(args[0]);
foreach (string file in args[1..])
{
    Prediction prediction = classifier.Classify(AudioFile.Read(file));
    Console.WriteLine($"{file}: {prediction.Emotion}, {prediction.Confidence:P0}");
}
