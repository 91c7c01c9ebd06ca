using System.Text.Json;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>What the process of one run reports to the process that started it: one JSON object per line.</summary>
/// <param name="Epochs">Epochs of the training at most.</param>
/// <param name="Done">Finished epochs.</param>
/// <param name="Row">The epoch just finished; null when the training begins.</param>
public sealed record WorkerMessage(int Epochs, int Done, HistoryRow? Row)
{
    /// <summary>A receiver of progress that turns the epochs of one run into lines of messages.</summary>
    public static IProgress<RunProgress> To(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return new Converter(message =>
        {
            writer.WriteLine(JsonSerializer.Serialize(message));
            writer.Flush();
        });
    }

    /// <summary>A receiver that reports the epochs of one run among several.</summary>
    internal static IProgress<RunProgress>? From(IProgress<RunProgress>? progress, string name) =>
        progress is null ? null : new Converter(message => progress.Report(new RunAdvanced(name, message)));

    /// <summary>The message of a line; null for a line that is none.</summary>
    internal static WorkerMessage? Parse(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize<WorkerMessage>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class Converter(Action<WorkerMessage> send) : IProgress<RunProgress>
    {
        private int epochs;

        public void Report(RunProgress value)
        {
            if (value is TrainingStarted started)
            {
                epochs = started.Epochs;
                send(new WorkerMessage(epochs, started.Done.Count, null));
            }
            else if (value is EpochDone done)
                send(new WorkerMessage(epochs, done.Row.Epoch, done.Row));
        }
    }
}
