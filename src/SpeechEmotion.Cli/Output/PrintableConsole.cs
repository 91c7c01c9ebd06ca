using Spectre.Console;
using Spectre.Console.Rendering;

namespace SpeechEmotion.Cli.Output;

/// <summary>A console that shows all text as <see cref="Printable"/>; control codes of the program itself pass.</summary>
internal sealed class PrintableConsole(IAnsiConsole inner) : IAnsiConsole
{
    public Profile Profile => inner.Profile;

    public IAnsiConsoleCursor Cursor => inner.Cursor;

    public IAnsiConsoleInput Input => inner.Input;

    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    public RenderPipeline Pipeline => inner.Pipeline;

    public void Clear(bool home) => inner.Clear(home);

    public void WriteAnsi(Action<AnsiWriter> action) => inner.WriteAnsi(action);

    public void Write(IRenderable renderable) => inner.Write(new Cleaned(renderable));

    private sealed class Cleaned(IRenderable content) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => content.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            foreach (Segment segment in content.Render(options, maxWidth))
            {
                string text = segment.IsControlCode || segment.IsLineBreak ? segment.Text : Printable.Lines(segment.Text);
                yield return ReferenceEquals(text, segment.Text) ? segment : new Segment(text, segment.Style);
            }
        }
    }
}
