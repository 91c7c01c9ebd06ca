using Spectre.Console;
using Spectre.Console.Rendering;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Renders a live screen at a given size: level, emotion, a bar for each label, history, latency.</summary>
internal static class LiveRenderer
{
    private const double QuietDb = -80; // left end of the level meter
    private const int BigLines = 6;     // a line of Spectre's large letters
    private const int FixedLines = 8;   // all but the bars and the large emotion, with lines left free between them

    private const int NarrowColumns = 38;

    private static readonly RenderOptions Sizing = RenderOptions.Create(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        Out = new AnsiConsoleOutput(TextWriter.Null),
    }));

    /// <summary>Lines of text from top to bottom, at most <paramref name="height"/>, none wider than <paramref name="width"/>.</summary>
    public static IRenderable Render(LiveScreen screen, int width, int height)
    {
        IReadOnlyList<EmotionInk> inks = EmotionPalette.For(screen.Labels);
        bool big = height >= FixedLines + BigLines + screen.Labels.Count, airy = height > FixedLines + screen.Labels.Count;
        List<IRenderable> above = [Heading(screen, width), Meter(screen, width)];
        List<IRenderable> below = [History(screen, inks, width), Footer(screen, width)];
        if (airy)
        {
            above.Insert(1, Line(""));
            below.Insert(0, Line(""));
        }
        string trouble = Trouble(screen, width);
        if (airy || trouble.Length > 0) // with room, its line is reserved so that nothing moves
            above.Add(Line(trouble));
        above.Add(Emotion(screen, inks, width, big));
        if (airy)
            above.Add(Line(""));
        IEnumerable<IRenderable> bars = Shown(screen, height - above.Count - below.Count).Select(i => Bar(screen, i, inks[i], width));
        return new Rows([.. above, .. bars, .. below]);
    }

    /// <summary>Indices of the most probable labels that fit, in label order.</summary>
    private static IEnumerable<int> Shown(LiveScreen screen, int room) => Enumerable.Range(0, screen.Labels.Count)
        .OrderByDescending(i => i < screen.Probabilities.Count ? screen.Probabilities[i] : 0)
        .Take(screen.Labels.Count <= room ? screen.Labels.Count : Math.Max(0, room)).Order();

    private static Markup Heading(LiveScreen screen, int width)
    {
        string clock = LiveText.Clock(screen.State.Seconds);
        string title = Fit(Printable.Line($"{screen.Source}  ·  model {screen.Model}"), width - clock.Length - 1);
        return Line($"[bold]{Markup.Escape(title)}[/]{Gap(width - title.Length - clock.Length)}{clock}");
    }

    private static Markup Meter(LiveScreen screen, int width)
    {
        string label = screen.State.InUtterance ? "● speech" : "○ no speech";
        if (width < NarrowColumns)
            label = label[..1];
        string value = double.IsFinite(screen.State.Level) ? $"{Math.Max(-120, screen.State.Level),4:0} dB" : "   – dB";
        int room = Math.Max(1, width - 7 - value.Length - (width < NarrowColumns ? 4 : 14));
        double share = Math.Clamp((screen.State.Level - QuietDb) / -QuietDb, 0, 1);
        int filled = double.IsFinite(screen.State.Level) ? (int)Math.Round(share * room) : 0;
        string colour = share > 0.95 ? "red" : "green";
        string bar = $"[{colour}]{new string('█', filled)}[/][grey35]{new string('─', room - filled)}[/]";
        return Line($"level  {bar} {value}  [{(screen.State.InUtterance ? "bold" : "grey")}]{label}[/]");
    }

    /// <summary>Faults of the source; empty if there are none.</summary>
    private static string Trouble(LiveScreen screen, int width)
    {
        string lost = screen.State.LostSeconds > 0 ? $"{screen.State.LostSeconds:0.0} s lost in all" : "";
        string text = string.Join("  ·  ", new[] { screen.State.Trouble ?? screen.Trouble ?? "", lost }.Where(part => part.Length > 0));
        return text.Length == 0 ? "" : $"[bold yellow]{Markup.Escape(Fit(Printable.Line("! " + text), width))}[/]";
    }

    private static IRenderable Emotion(LiveScreen screen, IReadOnlyList<EmotionInk> inks, int width, bool big)
    {
        string text = screen.Emotion ?? "no speech";
        Color colour = screen.Emotion is null ? Color.Grey : ColorOf(screen, screen.Emotion, inks);
        string small = screen.Emotion is null ? text
            : $"{text.ToUpperInvariant()}  {LiveText.Percent(screen.Confidence)}" +
                (screen.IsUncertain ? "  uncertain" : "") + (screen.IsDecision ? "  (decided)" : "");
        if (!big)
            return Line($"[bold {colour.ToMarkup()}]{Markup.Escape(Fit(small, width))}[/]");
        if (screen is { IsUncertain: true, Emotion: not null })
            (text, colour) = (text + "?", Color.Grey);
        IRenderable letters = new FigletText(text) { Color = colour, Justification = Justify.Left };
        // Letters that do not fit side by side would take a second line of six.
        int lines = Segment.SplitLines(letters.Render(Sizing, width)).Count;
        IEnumerable<IRenderable> shown = lines <= BigLines
            ? [letters, .. Enumerable.Repeat(Line(""), BigLines - lines)]
            :
            [
                Line(""),
                Line(""),
                Line($"[bold {colour.ToMarkup()}]{Markup.Escape(Fit(small, width))}[/]"),
                .. Enumerable.Repeat(Line(""), BigLines - 3),
            ];
        return new Rows(shown); // a constant number of lines, so that nothing below moves
    }

    private static Markup Bar(LiveScreen screen, int index, EmotionInk ink, int width)
    {
        float share = index < screen.Probabilities.Count ? screen.Probabilities[index] : 0;
        string label = screen.Labels[index];
        int names = Math.Min(12, Math.Max(4, screen.Labels.Max(name => name.Length)));
        string name = Fit(label, names).PadRight(names);
        string value = screen.Probabilities.Count == 0 ? "      –" : $"{100 * share,5:0.0} %";
        int room = Math.Max(1, width - names - 4 - value.Length - 1);
        int filled = (int)Math.Round(Math.Clamp(share, 0, 1) * room);
        bool top = label == screen.Emotion;
        string shown = Markup.Escape(name);
        string bar = $"[{Visible(ink)}]{new string('█', filled)}[/]{new string(' ', room - filled)}";
        return Line(top ? $"{ink.Letter} [bold]{shown}[/]  {bar} [bold]{value}[/]" : $"{ink.Letter} {shown}  {bar} {value}");
    }

    /// <summary>One coloured letter per time cell, the latest at the right.</summary>
    private static Markup History(LiveScreen screen, IReadOnlyList<EmotionInk> inks, int width)
    {
        var letters = new Dictionary<string, EmotionInk>();
        for (int i = 0; i < screen.Labels.Count; i++)
            letters[screen.Labels[i]] = inks[i];
        IEnumerable<string> cells = screen.History.Skip(Math.Max(0, screen.History.Count - width))
            .Select(emotion => emotion is null ? "[grey35]·[/]" : Cell(letters[emotion]));
        return Line(Gap(width - screen.History.Count) + string.Concat(cells));
    }

    private static string Cell(EmotionInk ink) =>
        $"[{Contrast(ink)} on {Visible(ink)}]{Markup.Escape(ink.Letter.ToString())}[/]";

    private static Markup Footer(LiveScreen screen, int width)
    {
        string left = $"one letter = {LiveScreen.CellSeconds} s  ·  {screen.Keys}";
        string adapted = screen.State.SpeakerSeconds is { } seconds ? $"adapted on {seconds:0} s  " : "";
        string right = $"{adapted}latency {screen.State.Latency:0.0} ms";
        if (left.Length + 1 + right.Length > width)
            left = screen.Keys;
        (left, right) = (Fit(left, width - right.Length - 1), Fit(right, width));
        return Line($"[grey]{Markup.Escape(left)}{Gap(width - left.Length - right.Length)}{right}[/]");
    }

    private static Markup Line(string markup) => new(markup.Length == 0 ? " " : markup) { Overflow = Overflow.Crop };

    private static string Gap(int width) => new(' ', Math.Max(0, width));

    private static string Fit(string text, int width) =>
        text.Length <= width ? text : width < 2 ? text[..Math.Max(0, width)] : text[..(width - 1)] + "…";

    private static Color ColorOf(LiveScreen screen, string emotion, IReadOnlyList<EmotionInk> inks)
    {
        for (int i = 0; i < screen.Labels.Count; i++)
            if (screen.Labels[i] == emotion)
                return Color.FromHex(Visible(inks[i]));
        return Color.White;
    }

    /// <summary>Black is invisible on a dark terminal.</summary>
    private static string Visible(EmotionInk ink) => ink.Color == "#000000" ? "#808080" : ink.Color;

    private static string Contrast(EmotionInk ink) => ink.Color is EmotionPalette.Blue or "#000000" ? "white" : "black";
}
