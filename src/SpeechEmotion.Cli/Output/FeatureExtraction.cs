using System.Runtime.ExceptionServices;
using Spectre.Console;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;

namespace SpeechEmotion.Cli.Output;

/// <summary>Extracts the features of many files on several threads, with progress.</summary>
internal static class FeatureExtraction
{
    /// <summary>Passes each file's features to the output; returns the number of unreadable files.</summary>
    public static int Run(
        IReadOnlyList<string> files, FeatureExtractor extractor, FeatureOutput output, bool strict, int threads,
        IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        // Messages are kept by file, so their order does not depend on the threads.
        var messages = new List<string>[files.Count];
        int failed = 0, done = 0;
        ProgressBar.Run(console, "features", files.Count, progress =>
        {
            try
            {
                var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
                Parallel.For(0, files.Count, options, Extract);
            }
            catch (AggregateException faults)
            {
                ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
            }
            return done;

            void Extract(int i)
            {
                messages[i] = [];
                try
                {
                    output.Add(i, ExtractedClip.From(AudioFile.Read(files[i], new WarningLog(messages[i].Add), cancellation), extractor));
                }
                catch (Exception fault) when (!strict && fault is InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    // An unreadable file does not stop the others.
                    messages[i].Add(fault.Message.ReplaceLineEndings(" "));
                    Interlocked.Increment(ref failed);
                }
                progress.Report(Interlocked.Increment(ref done));
            }
        });
        foreach (string line in messages.SelectMany(lines => lines))
            errors.WriteLine(line);
        return failed;
    }
}
