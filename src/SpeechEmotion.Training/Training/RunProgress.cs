using SpeechEmotion.Evaluation;
using SpeechEmotion.Models;

namespace SpeechEmotion.Training;

/// <summary>A report on the progress of a run. Each kind is a record of its own; a receiver ignores kinds that it does not know.</summary>
public abstract record RunProgress;

/// <summary>libtorch is loaded.</summary>
/// <param name="Level">The level of instructions at which it computes.</param>
public sealed record ArithmeticChosen(LibTorchLevel Level) : RunProgress;

/// <summary>The training is about to begin.</summary>
/// <param name="Parameters">Number of trained values.</param>
/// <param name="Epochs">Epochs of the whole training.</param>
/// <param name="StepsPerEpoch">Steps of each epoch.</param>
/// <param name="Done">Epochs that an interrupted run had finished; empty for a new run.</param>
public sealed record TrainingStarted(long Parameters, int Epochs, int StepsPerEpoch, IReadOnlyList<HistoryRow> Done) : RunProgress;

/// <summary>A step is done.</summary>
/// <param name="Epoch">Epoch, from 1.</param>
/// <param name="Step">Step within the epoch, from 1.</param>
public sealed record StepDone(int Epoch, int Step) : RunProgress;

/// <summary>An epoch is done and its files are written.</summary>
/// <param name="Row">Its line of <c>history.csv</c>.</param>
/// <param name="Stops">Whether the training stops here because <c>Training.Patience</c> is exhausted.</param>
public sealed record EpochDone(HistoryRow Row, bool Stops) : RunProgress;
