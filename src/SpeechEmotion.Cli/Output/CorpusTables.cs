using Spectre.Console;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli.Output;

/// <summary>Prints the summary of a corpus.</summary>
internal static class CorpusTables
{
    /// <summary>Maximum number of problems or duplicates printed; the rest is counted.</summary>
    private const int ProblemsShown = 10;

    /// <summary>Maximum number of speakers with a row each; above it only the sums are printed.</summary>
    private const int SpeakersShown = 30;

    /// <summary>One line and the problems, for the start of a run.</summary>
    public static void WriteShort(IAnsiConsole console, string name, CorpusSummary corpus)
    {
        string speakers = corpus.Speakers switch
        {
            [""] => "speakers unknown",
            [_] => "1 speaker",
            var all => $"{all.Count} speakers",
        };
        string emotions = $"{corpus.Emotions.Count} {(corpus.Emotions.Count == 1 ? "emotion" : "emotions")}";
        string duration = Duration(corpus.TotalSeconds);
        console.WriteLine($"corpus   {name}: {corpus.Utterances:N0} utterances, {speakers}, {emotions}, {duration}");
        WriteProblems(console, corpus);
    }

    /// <summary>Prints the speed of feature extraction on one line.</summary>
    public static void WriteSpeed(IAnsiConsole console, ExtractionMetrics metrics)
    {
        string count = metrics.FromCache >= metrics.Utterances ? "all" : $"{metrics.FromCache:N0}";
        string cached = metrics.FromCache == 0 ? "" : $", {count} from the cache (--no-cache extracts them again)";
        string threads = $"{metrics.Threads} {(metrics.Threads == 1 ? "thread" : "threads")}";
        console.WriteLine(
            $"features {Duration(metrics.AudioSeconds)} of sound in {metrics.Seconds:0.0} s on {threads}, " +
            $"{metrics.TimesRealTime:N0} times real time{cached}");
    }

    public static void Write(IAnsiConsole console, string name, CorpusSummary corpus)
    {
        WriteShort(console, name, corpus);
        console.WriteLine();
        console.Write(Counts(corpus, console.Profile.Width));
        string rates = string.Join(", ", corpus.SampleRates.Select(rate => $"{rate.SampleRate:N0} Hz × {rate.Count:N0}"));
        console.WriteLine($"rates      {rates}");
        console.WriteLine(
            $"durations  {corpus.MinSeconds:0.00} s to {corpus.MaxSeconds:0.00} s, median {corpus.MedianSeconds:0.00} s, " +
            $"{Duration(corpus.TotalSeconds)} in all");
        console.WriteLine(corpus.Texts == 0 ? "texts      not known" : $"texts      {corpus.Texts:N0} different");
        if (corpus.Parts.Count > 0)
        {
            IEnumerable<string> parts = corpus.Parts.Select(part => $"{part.Key.ToString().ToLowerInvariant()} {part.Value:N0}");
            console.WriteLine($"parts      {string.Join(", ", parts)}");
        }
        WriteDuplicates(console, corpus);
    }

    /// <summary>Headers get shorter as the terminal gets narrower, so that the names of the speakers and the sums stay.</summary>
    private static Table Counts(CorpusSummary corpus, int width)
    {
        bool each = corpus.Speakers.Count <= SpeakersShown;
        string[] names = [.. (each ? corpus.Speakers : []).Select(name => name.Length == 0 ? "(not known)" : name)];
        string total = each ? "all" : $"all {corpus.Speakers.Count}", head = "speaker";
        int nameWidth = names.Append(total).Append(head).Max(name => name.Length);
        int sumWidth = Math.Max("all".Length, $"{corpus.Utterances:N0}".Length);
        int cell = (width - 7 - nameWidth - sumWidth) / corpus.Emotions.Count;
        Table table = EvaluationTables.New("Utterances by speaker and emotion");
        table.AddColumn(new TableColumn(head).NoWrap());
        foreach (string emotion in corpus.Emotions)
            table.AddColumn(EvaluationTables.Right(EvaluationTables.Short(emotion, Math.Clamp(cell - 3, 2, 9))));
        table.AddColumn(EvaluationTables.Right("all"));
        foreach ((string name, IReadOnlyList<int> counts) in names.Zip(corpus.Counts))
            table.AddRow(Row(name, counts));
        int[] sums = [.. corpus.Emotions.Select((_, emotion) => corpus.Counts.Sum(row => row[emotion]))];
        table.AddRow(Row(total, sums));
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
                _ => "copies through another codec, level, rate or trimming, kept on one side of every split",
            };
            console.WriteLine($"duplicates {kind.Count():N0} {what}:");
            foreach (CorpusDuplicate duplicate in kind.Take(ProblemsShown))
                console.WriteLine(
                    $"           {duplicate.First.Path} = {duplicate.Second.Path} (correlation {duplicate.Correlation:0.00000})");
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
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
            : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
            : $"{seconds:0.0} s";
    }
}
