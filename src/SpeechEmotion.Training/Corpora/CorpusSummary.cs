using SpeechEmotion.Corpora.Splitting;

namespace SpeechEmotion.Corpora;

/// <summary>Counts and durations of a corpus.</summary>
public sealed record CorpusSummary
{
    /// <summary>Speakers in ordinal order; an empty name stands for all utterances without a named speaker.</summary>
    public required IReadOnlyList<string> Speakers { get; init; }

    /// <summary>Labels in ordinal order.</summary>
    public required IReadOnlyList<string> Emotions { get; init; }

    /// <summary>Numbers of utterances [speakers, emotions].</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Counts { get; init; }

    /// <summary>Number of usable utterances.</summary>
    public required int Utterances { get; init; }

    /// <summary>Number of different texts; 0 when the corpus names none.</summary>
    public required int Texts { get; init; }

    /// <summary>Number of utterances by the part that the corpus defines; empty when it defines none.</summary>
    public required IReadOnlyDictionary<Part, int> Parts { get; init; }

    /// <summary>Sample rates of the files in Hz with their numbers of files, the most frequent first.</summary>
    public required IReadOnlyList<(int SampleRate, int Count)> SampleRates { get; init; }

    /// <summary>Duration of the shortest utterance in seconds.</summary>
    public required double MinSeconds { get; init; }

    /// <summary>Median duration in seconds.</summary>
    public required double MedianSeconds { get; init; }

    /// <summary>Duration of the longest utterance in seconds.</summary>
    public required double MaxSeconds { get; init; }

    /// <summary>Total duration in seconds.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Pairs of duplicates.</summary>
    public required IReadOnlyList<CorpusDuplicate> Duplicates { get; init; }

    /// <summary>Files that could not be read.</summary>
    public required IReadOnlyList<CorpusProblem> Unreadable { get; init; }

    /// <summary>All other problems: invalid names, utterances left out, warnings.</summary>
    public required IReadOnlyList<CorpusProblem> Problems { get; init; }

    /// <summary>Summarises a corpus of at least one usable utterance.</summary>
    public static CorpusSummary Create(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        IReadOnlyList<Utterance> utterances = [.. corpus.Items.Select(item => item.Utterance)];
        string[] speakers = [.. utterances.Select(each => each.Speaker).Distinct().Order(StringComparer.Ordinal)];
        string[] emotions = [.. utterances.Select(each => each.Emotion).Distinct().Order(StringComparer.Ordinal)];
        Dictionary<(string, string), int> counts = utterances.CountBy(each => (each.Speaker, each.Emotion)).ToDictionary();
        double[] seconds = [.. corpus.Items.Select(item => item.Seconds).Order()];
        return new CorpusSummary
        {
            Speakers = speakers,
            Emotions = emotions,
            Counts = [.. speakers.Select(speaker => emotions.Select(emotion => counts.GetValueOrDefault((speaker, emotion))).ToArray())],
            Utterances = utterances.Count,
            Texts = utterances.Select(SplitKeys.Text).Where(text => text.Length > 0).Distinct().Count(),
            Parts = utterances.Where(each => each.Part is not null).CountBy(each => each.Part!.Value).ToDictionary(),
            SampleRates = [.. corpus.Items.CountBy(item => item.SampleRate)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))],
            MinSeconds = seconds[0],
            MedianSeconds = (seconds[(seconds.Length - 1) / 2] + seconds[seconds.Length / 2]) / 2,
            MaxSeconds = seconds[^1],
            TotalSeconds = seconds.Sum(),
            Duplicates = corpus.Duplicates,
            Unreadable = corpus.Unreadable,
            Problems = corpus.Problems,
        };
    }
}
