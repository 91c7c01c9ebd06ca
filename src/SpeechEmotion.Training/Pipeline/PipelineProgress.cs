using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>A part of the work whose size is known.</summary>
/// <param name="Stage">What is done: <c>features</c>, <c>corpus</c>, <c>robustness</c>.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
public sealed record StageAdvanced(string Stage, int Done, int Total) : RunProgress;

/// <summary>The corpus has been read.</summary>
/// <param name="Name">Its name, or those of all joined corpora.</param>
/// <param name="Corpus">Contents and problems.</param>
/// <param name="Extraction">Time of the feature extraction; null where no features were extracted.</param>
public sealed record CorpusRead(string Name, CorpusSummary Corpus, ExtractionMetrics? Extraction) : RunProgress;

/// <summary>Training, validation and test part have been drawn.</summary>
/// <param name="Split">The parts.</param>
/// <param name="Protocol">How training and test part are kept apart.</param>
public sealed record SplitDrawn(CorpusSplit Split, Protocol Protocol) : RunProgress;

/// <summary>Several runs are about to begin.</summary>
/// <param name="Names">All runs, in order.</param>
/// <param name="Finished">Runs that were finished before.</param>
/// <param name="AtOnce">Processes that run at once; 0: the runs are done in this process.</param>
public sealed record RunsStarted(IReadOnlyList<string> Names, int Finished, int AtOnce) : RunProgress;

/// <summary>One run of several has begun.</summary>
/// <param name="Name">Its folder, relative to the folder of all runs.</param>
/// <param name="Epochs">Epochs of its settings.</param>
public sealed record RunBegun(string Name, int Epochs) : RunProgress;

/// <summary>One run of several has advanced by an epoch, or has begun its training.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Message">Epochs done and the last one.</param>
public sealed record RunAdvanced(string Name, WorkerMessage Message) : RunProgress;

/// <summary>One run of several is finished.</summary>
/// <param name="Name">Its folder.</param>
/// <param name="Report">Its report.</param>
public sealed record RunFinished(string Name, EvaluationReport Report) : RunProgress;
