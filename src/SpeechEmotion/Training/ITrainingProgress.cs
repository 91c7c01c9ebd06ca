using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Receives the progress of a training, such as the console or a test.</summary>
internal interface ITrainingProgress
{
    /// <summary>Called once, before the first step.</summary>
    /// <param name="parameters">Number of trainable parameters.</param>
    /// <param name="epochs">Number of epochs of the whole training.</param>
    /// <param name="stepsPerEpoch">Number of steps of each epoch.</param>
    /// <param name="done">The epochs that an interrupted run had finished; empty for a new run.</param>
    void Begin(long parameters, int epochs, int stepsPerEpoch, IReadOnlyList<HistoryRow> done);

    /// <summary>Called after every step; <paramref name="step"/> counts from 1 within its epoch.</summary>
    void Step(int epoch, int step);

    /// <summary>Called after every epoch, when its files are written.</summary>
    void Epoch(History history);
}
