using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Training;
using Spectre.Console;

namespace SpeechEmotion.Cli;

/// <summary>A corpus on the console.</summary>
internal static class CorpusTables
{
    /// <summary>Problems printed in full before the rest is only counted.</summary>
    private const int ProblemsShown = 10;

    /// <summary>More speakers than this are summed up by emotion alone.</summary>
    private const int SpeakersShown = 30;

    /// <summary>Two or three lines, for the start of a run.</summary>
    public static void WriteShort(IAnsiConsole console, string name, Corpus corpus)
    {
        int speakers = corpus.Items.Select(item => item.Utterance.Speaker).Where(speaker => speaker.Length > 0).Distinct().Count();
        int emotions = corpus.Items.Select(item => item.Utterance.Emotion).Distinct().Count();
        console.WriteLine($"corpus   {name}: {corpus.Items.Count:N0} utterances, {speakers} speakers, {emotions} emotions, {Duration(corpus.Items.Sum(item => item.Seconds))}");
        WriteProblems(console, corpus);
    }

    public static void Write(IAnsiConsole console, string name, Corpus corpus)
    {
        WriteShort(console, name, corpus);
        console.WriteLine();
        string[] emotions = [.. corpus.Items.Select(item => item.Utterance.Emotion).Distinct().Order(StringComparer.Ordinal)];
        console.Write(Counts(corpus, emotions));
        console.WriteLine($"rates      {string.Join(", ", corpus.Items.CountBy(item => item.SampleRate).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key:N0} Hz × {pair.Value:N0}"))}");
        double[] seconds = [.. corpus.Items.Select(item => item.Seconds).Order()];
        console.WriteLine($"durations  {seconds[0]:0.00} s to {seconds[^1]:0.00} s, median {seconds[seconds.Length / 2]:0.00} s, {Duration(seconds.Sum())} in all");
        int texts = corpus.Items.Select(item => item.Utterance.Text).Where(text => text.Length > 0).Distinct().Count();
        console.WriteLine(texts == 0 ? "texts      not known" : $"texts      {texts:N0} different");
        WriteDuplicates(console, corpus);
    }

    private static Table Counts(Corpus corpus, string[] emotions)
    {
        Table table = EvaluationTables.New("Utterances by speaker and emotion");
        table.AddColumn("speaker");
        foreach (string emotion in emotions)
            table.AddColumn(EvaluationTables.Right(emotion));
        table.AddColumn(EvaluationTables.Right("all"));
        IGrouping<string, CorpusItem>[] speakers = [.. corpus.Items.GroupBy(item => item.Utterance.Speaker).OrderBy(group => group.Key, StringComparer.Ordinal)];
        foreach (IGrouping<string, CorpusItem> speaker in speakers.Length > SpeakersShown ? [] : speakers)
            table.AddRow(Row(speaker.Key.Length == 0 ? "(not known)" : speaker.Key, speaker, emotions));
        table.AddRow(Row(speakers.Length > SpeakersShown ? $"all {speakers.Length}" : "all", corpus.Items, emotions));
        return table;
    }

    private static string[] Row(string name, IEnumerable<CorpusItem> items, string[] emotions)
    {
        Dictionary<string, int> counts = items.CountBy(item => item.Utterance.Emotion).ToDictionary(pair => pair.Key, pair => pair.Value);
        return [Markup.Escape(name), .. emotions.Select(emotion => counts.TryGetValue(emotion, out int count) ? $"{count:N0}" : "·"), $"{counts.Values.Sum():N0}"];
    }

    private static void WriteDuplicates(IAnsiConsole console, Corpus corpus)
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

    private static void WriteProblems(IAnsiConsole console, Corpus corpus)
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
