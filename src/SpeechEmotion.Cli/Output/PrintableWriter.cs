using System.Text;

namespace SpeechEmotion.Cli.Output;

/// <summary>A writer that shows all text as <see cref="Printable"/>.</summary>
internal sealed class PrintableWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(Printable.Lines(value.ToString()));

    public override void Write(string? value) => inner.Write(Printable.Lines(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Printable.Lines(value ?? ""));

    public override void Flush() => inner.Flush();
}
