using Spectre.Console;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli.Output;

/// <summary>A corpus on the console.</summary>
internal static class CorpusTables
{
    /// <summary>Problems printed in full before the rest is only counted.</summary>
    private const int ProblemsShown = 10;

    /// <summary>More speakers than this are summed up by emotion alone.</summary>
    private const int SpeakersShown = 30;

    /// <summary>One line and the problems, for the start of a run.</summary>
    public static void WriteShort(IAnsiConsole console, string name, CorpusSummary corpus)
    {
        string speakers = corpus.Speakers is [""] ? "speakers not known" : $"{corpus.Speakers.Count} speakers";
        console.WriteLine($"corpus   {name}: {corpus.Utterances:N0} utterances, {speakers}, {corpus.Emotions.Count} {(corpus.Emotions.Count == 1 ? "emotion" : "emotions")}, {Duration(corpus.TotalSeconds)}");
        WriteProblems(console, corpus);
    }

    /// <summary>One line: how fast a corpus became features.</summary>
    public static void WriteSpeed(IAnsiConsole console, ExtractionMetrics metrics)
    {
        string cached = metrics.FromCache == 0 ? "" : $", {(metrics.FromCache >= metrics.Utterances ? "all" : $"{metrics.FromCache:N0}")} from the cache (--no-cache extracts them anew)";
        console.WriteLine($"features {Duration(metrics.AudioSeconds)} of sound in {metrics.Seconds:0.0} s on {metrics.Threads} {(metrics.Threads == 1 ? "thread" : "threads")}, {metrics.TimesRealTime:N0} times as fast as it was spoken{cached}");
    }

    public static void Write(IAnsiConsole console, string name, CorpusSummary corpus)
    {
        WriteShort(console, name, corpus);
        console.WriteLine();
        console.Write(Counts(corpus));
        console.WriteLine($"rates      {string.Join(", ", corpus.SampleRates.Select(rate => $"{rate.SampleRate:N0} Hz × {rate.Count:N0}"))}");
        console.WriteLine($"durations  {corpus.MinSeconds:0.00} s to {corpus.MaxSeconds:0.00} s, median {corpus.MedianSeconds:0.00} s, {Duration(corpus.TotalSeconds)} in all");
        console.WriteLine(corpus.Texts == 0 ? "texts      not known" : $"texts      {corpus.Texts:N0} different");
        if (corpus.Parts.Count > 0)
            console.WriteLine($"parts      {string.Join(", ", corpus.Parts.Select(part => $"{part.Key.ToString().ToLowerInvariant()} {part.Value:N0}"))}");
        WriteDuplicates(console, corpus);
    }

    private static Table Counts(CorpusSummary corpus)
    {
        Table table = EvaluationTables.New("Utterances by speaker and emotion");
        table.AddColumn("speaker");
        foreach (string emotion in corpus.Emotions)
            table.AddColumn(EvaluationTables.Right(emotion));
        table.AddColumn(EvaluationTables.Right("all"));
        bool each = corpus.Speakers.Count <= SpeakersShown;
        for (int speaker = 0; each && speaker < corpus.Speakers.Count; speaker++)
            table.AddRow(Row(corpus.Speakers[speaker].Length == 0 ? "(not known)" : corpus.Speakers[speaker], corpus.Counts[speaker]));
        table.AddRow(Row(each ? "all" : $"all {corpus.Speakers.Count}", [.. corpus.Emotions.Select((_, emotion) => corpus.Counts.Sum(row => row[emotion]))]));
        return table;
    }

    private static string[] Row(string name, IReadOnlyList<int> counts) =>
        [Markup.Escape(name), .. counts.Select(count => count == 0 ? "·" : $"{count:N0}"), $"{counts.Sum():N0}"];

    private static void WriteDuplicates(IAnsiConsole console, CorpusSummary corpus)
    {
        if (corpus.Duplicates.Count == 0)
        {
            console.WriteLine("duplicates none");
            return;
        }
        foreach (IGrouping<DuplicateKind, CorpusDuplicate> kind in corpus.Duplicates.GroupBy(duplicate => duplicate.Kind))
        {
            string what = kind.Key switch
            {
                DuplicateKind.Copy => "exact copies, left out",
                DuplicateKind.Contradiction => "exact copies under different labels, kept on one side of every split",
                _ => "nearly equal recordings, kept on one side of every split",
            };
            console.WriteLine($"duplicates {kind.Count():N0} {what}:");
            foreach (CorpusDuplicate duplicate in kind.Take(ProblemsShown))
                console.WriteLine($"           {duplicate.First.Path} = {duplicate.Second.Path} (correlation {duplicate.Correlation:0.00000})");
            if (kind.Count() > ProblemsShown)
                console.WriteLine($"           and {kind.Count() - ProblemsShown:N0} more");
        }
    }

    private static void WriteProblems(IAnsiConsole console, CorpusSummary corpus)
    {
        CorpusProblem[] all = [.. corpus.Unreadable, .. corpus.Problems];
        foreach (CorpusProblem problem in all.Take(ProblemsShown))
            console.WriteLine($"         {Word(problem.Kind)}: {problem}");
        if (all.Length > ProblemsShown)
            console.WriteLine($"         and {all.Length - ProblemsShown:N0} more");
    }

    private static string Word(CorpusProblemKind kind) => kind switch
    {
        CorpusProblemKind.Unreadable => "unreadable",
        CorpusProblemKind.Misnamed => "not understood",
        CorpusProblemKind.LeftOut => "left out",
        _ => "note",
    };

    private static string Duration(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{seconds:0.0} s";
    }
}
