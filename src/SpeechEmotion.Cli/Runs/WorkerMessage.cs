using System.Text.Json;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli.Runs;

/// <summary>What the process of one run tells the one that started it: one JSON object a line.</summary>
/// <param name="Epochs">Epochs that the training has at most.</param>
/// <param name="Done">Epochs that are finished.</param>
/// <param name="Row">The one just finished; null when the training begins.</param>
internal sealed record WorkerMessage(int Epochs, int Done, HistoryRow? Row)
{
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <summary>Null for a line that is no message.</summary>
    public static WorkerMessage? Parse(string line)
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
}
