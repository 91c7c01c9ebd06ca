using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Training;

/// <summary>Hears how a training goes: the console while it runs, tests what they look for.</summary>
internal interface ITrainingProgress
{
    /// <summary>Once, before the first step; <paramref name="done"/> holds the epochs of the interrupted run that goes on.</summary>
    void Begin(long parameters, int epochs, int stepsPerEpoch, IReadOnlyList<HistoryRow> done);

    /// <summary>After every step, <paramref name="step"/> from 1 within its epoch.</summary>
    void Step(int epoch, int step);

    /// <summary>After every epoch, when its files are written.</summary>
    void Epoch(History history);
}
