using Spectre.Console.Rendering;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>A frame drawn over the last one. Each line clears its own rest; clearing the screen would flicker.</summary>
internal sealed class LiveFrame(IRenderable content, int height) : IRenderable
{
    private static readonly Segment ClearLine = Segment.Control("\u001b[K");
    private static readonly Segment ClearBelow = Segment.Control("\u001b[J");

    public Measurement Measure(RenderOptions options, int maxWidth) => content.Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (SegmentLine line in Segment.SplitLines(content.Render(options, maxWidth)).Take(height))
        {
            foreach (Segment segment in line)
                yield return segment;
            yield return ClearLine;
            yield return Segment.LineBreak;
        }
        yield return ClearBelow;
    }
}
