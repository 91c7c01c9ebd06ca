using System.Text;
using SpeechEmotion.Evaluation.Robustness;

namespace SpeechEmotion.Reports;

/// <summary>The section <c>Robustness</c> of a model card: a table of recording conditions.</summary>
internal static class RobustnessSection
{
    private const string Heading = "## Robustness\n", Next = "## Limits\n";

    /// <summary>
    /// Inserts the section into a card, before its limits, or at the end of a card without them. An older section is replaced.
    /// </summary>
    /// <param name="card">The card as Markdown.</param>
    /// <param name="protocol">How training and test were kept apart.</param>
    /// <param name="conditions">The results.</param>
    public static string Insert(string card, string protocol, IReadOnlyList<RobustnessMetrics> conditions)
    {
        string text = card.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Find(text, Heading) is int old)
        {
            int end = text.IndexOf("\n## ", old + Heading.Length, StringComparison.Ordinal);
            text = end < 0 ? text[..old] : text[..old] + text[(end + 1)..];
        }
        if (Find(text, Next) is int at)
            return $"{text[..at]}{Markdown(protocol, conditions)}\n{text[at..]}";
        return $"{text.TrimEnd()}\n\n{Markdown(protocol, conditions)}";
    }

    private static int? Find(string text, string heading) =>
        text.StartsWith(heading, StringComparison.Ordinal) ? 0
        : text.IndexOf("\n" + heading, StringComparison.Ordinal) is >= 0 and int at ? at + 1 : null;

    private static string Markdown(string protocol, IReadOnlyList<RobustnessMetrics> conditions)
    {
        StringBuilder text = new(Heading);
        text.Append($"\n{protocol}");
        text.Append(" The utterances are disturbed and classified without enrolment. \"Same\" is the share of utterances with the same")
            .Append(" predicted emotion as recorded.\n\n")
            .Append("| condition | unweighted average recall | accuracy | same | mean confidence |\n")
            .Append("| --- | ---: | ---: | ---: | ---: |\n");
        if (conditions.FirstOrDefault(each => each.Clean is not null)?.Clean is { } clean)
            text.Append($"| as recorded | {Percent(clean.Uar.Value)} | {Percent(clean.Accuracy)} | | {Percent(clean.MeanConfidence)} |\n");
        foreach (RobustnessMetrics each in conditions)
            text.Append(each.Skipped is null
                ? $"| {each.Condition} | {Percent(each.Uar?.Value)} | {Percent(each.Accuracy)} | {Percent(each.Unchanged)} |"
                    + $" {Percent(each.MeanConfidence)} |\n"
                : $"| {each.Condition} | not measured | | | |\n");
        return text.ToString();
    }

    private static string Percent(double? share) => share is { } value ? FigureStyle.Percent(value) : "";
}
