using Spectre.Console;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>The live view on the alternate screen of a terminal; a summary is printed at its end.</summary>
internal sealed class LiveScreenOutput : ILiveOutput
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(80);

    private readonly IAnsiConsole console;
    private readonly LiveBoard board;
    private Thread? drawing;
    private LiveSession? session;
    private StreamEvent? summary;
    private volatile bool isOver;

    public LiveScreenOutput(IAnsiConsole console, IReadOnlyList<string> labels, string source, string model)
    {
        this.console = console;
        board = new LiveBoard(new LiveScreen
        {
            Source = source,
            Model = model,
            Labels = labels,
            State = new LiveState(0, double.NegativeInfinity, false, 0),
            Keys = Console.IsInputRedirected ? "Ctrl-C quits" : "q quits",
        });
    }

    /// <summary>Whether the console is a terminal of sufficient size with ANSI colours.</summary>
    public static bool IsPossible(IAnsiConsole console) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi
        && console.Profile.Width >= 40 && console.Profile.Height >= 10
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Begin(LiveSession session)
    {
        this.session = session;
        drawing = new Thread(Draw) { IsBackground = true, Name = "live view" };
        drawing.Start();
    }

    public void Write(StreamEvent found)
    {
        board.Add(found);
        if (found.Type == StreamEventType.Summary)
            summary = found;
    }

    public void End()
    {
        isOver = true;
        drawing?.Join();
        if (summary is not null)
            foreach (string line in LiveText.Summary(summary))
                console.WriteLine(Printable.Line(line));
    }

    private void Draw()
    {
        console.Write(new ControlCode("\u001b[?1049h\u001b[?25l\u001b[2J")); // alternate screen, no cursor
        int width = 0, height = 0;
        do
        {
            string clear = (width, height) == (console.Profile.Width, console.Profile.Height) ? "" : "\u001b[2J";
            (width, height) = (console.Profile.Width, console.Profile.Height);
            console.Write(new ControlCode(clear + "\u001b[H"));
            // The last line stays free: writing to its end would scroll.
            console.Write(new LiveFrame(LiveRenderer.Render(board.Snapshot(session!.State), width - 1, height - 1), height - 1));
            Listen();
            Thread.Sleep(Frame);
        }
        while (!isOver);
        // Cleared first: a terminal enlarged meanwhile may keep remains of the view.
        console.Write(new ControlCode("\u001b[2J\u001b[?25h\u001b[?1049l"));
    }

    private void Listen()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
            if (Console.ReadKey(intercept: true) is { Key: ConsoleKey.Q or ConsoleKey.Escape })
                session!.Stop();
    }
}
