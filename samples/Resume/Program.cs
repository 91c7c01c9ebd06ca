// Follows a recording in pieces, one process a piece: Resume MODEL WAV STATE SECONDS
// Each call continues from the file STATE, listens for SECONDS, prints the events and stores the state again.
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

using EmotionClassifier model = EmotionClassifier.Load(args[0]);
Waveform recording = AudioFile.Read(args[1]);
string state = args[2];

EmotionStream stream = File.Exists(state)
    ? EmotionStream.Restore(model, File.ReadAllBytes(state))
    : new EmotionStream(model, recording.SampleRate);

// A restored stream takes the sound from stream.Position on once more; events come from stream.Received on.
long end = Math.Min(recording.Samples.Length, stream.Received + (long)(double.Parse(args[3]) * recording.SampleRate));
foreach (StreamEvent found in stream.Push(recording.Samples.AsSpan((int)stream.Position..(int)end)))
    Console.WriteLine(found.ToJson());
if (end < recording.Samples.Length)
    File.WriteAllBytes(state, stream.Snapshot());
else
    foreach (StreamEvent found in stream.Finish())
        Console.WriteLine(found.ToJson());
