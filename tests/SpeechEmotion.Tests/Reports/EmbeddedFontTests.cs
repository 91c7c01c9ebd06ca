using System.Diagnostics;
using System.Xml.Linq;
using ScottPlot;
using SkiaSharp;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Tests.Reports;

internal sealed class EmbeddedFontTests
{
    private const string HiddenMark = "SPEECHEMOTION_TEST_FONTS_HIDDEN";

    [Test]
    public void Typeface_BothFaces_AreLiberationSans()
    {
        Assert.Multiple(() =>
        {
            Assert.That(EmbeddedFont.Typeface().FamilyName, Is.EqualTo(EmbeddedFont.Family));
            Assert.That(EmbeddedFont.Typeface().IsBold, Is.False);
            Assert.That(EmbeddedFont.Typeface(bold: true).IsBold, Is.True);
        });
    }

    [Test]
    public void Register_Twice_StandsOnceAndFirst()
    {
        EmbeddedFont.Register();
        EmbeddedFont.Register();
        Assert.That(Fonts.FontResolvers[0], Is.TypeOf<EmbeddedFont>());
        Assert.That(Fonts.FontResolvers.Count(resolver => resolver is EmbeddedFont), Is.EqualTo(1));
        Assert.That(Fonts.GetTypeface(EmbeddedFont.Family, bold: false, italic: false).Handle, Is.EqualTo(EmbeddedFont.Typeface().Handle));
    }

    [Test]
    public void Licence_TravelsWithTheFont()
    {
        using Stream? stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream("LICENSE-LiberationSans.txt");
        Assert.That(stream, Is.Not.Null);
        Assert.That(new StreamReader(stream!).ReadToEnd(),
            Does.Contain("SIL OPEN FONT LICENSE").And.Contain("Reserved Font Name Liberation"));
    }

    // An SVG names the family of the typeface that each text was drawn with: a text in a system font would show here.
    [Test]
    public void Svg_EveryText_IsInTheEmbeddedFontWithFallbacks()
    {
        string[] svgs = [
            CurvesPlot.Draw(Examples.History(12), 11, "tess").Svg(),
                ConfusionPlot.Draw(Examples.Matrix(Examples.TessLabels), "tess").Svg()];
        foreach (string svg in svgs)
        {
            XElement[] texts = [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text")];
            Assert.That(texts, Has.Length.GreaterThan(20));
            Assert.That(texts.Select(text => text.Attribute("font-family")?.Value).Distinct(),
                Is.EqualTo(new[] { EmbeddedFont.FallbackFamilies }));
        }
    }

    [Test]
    public void Draw_Pictures_HaveGlyphsWhereTextStands()
    {
        bool hidden = Environment.GetEnvironmentVariable(HiddenMark) is not null;
        if (hidden)
        {
            Assert.That(SKFontManager.Default.MatchCharacter('a'), Is.Null, "the font folders are not hidden");
            Assert.That(InkOfAPlainPlotTitle(), Is.Zero, "without fonts ScottPlot alone was expected to draw no text");
        }

        using SKBitmap curves = SKBitmap.Decode(CurvesPlot.Draw(Examples.History(12), 11, "tess").Png());
        using SKBitmap untitled = SKBitmap.Decode(new Figure(1000, 800, _ => { }).Png());
        using SKBitmap confusion = SKBitmap.Decode(ConfusionPlot.Draw(Examples.Matrix(Examples.TessLabels), "tess").Png());
        SKRectI title = new(20, 15, 400, 50), percentTicks = new(45, 120, 86, 400), epochTicks = new(92, 748, 970, 766),
            labels = new(45, 150, 118, 180);
        Assert.Multiple(() =>
        {
            Assert.That(Ink(untitled, title), Is.Zero, "blank picture");
            Assert.That(Ink(curves, title), Is.GreaterThan(500), "title of the curves");
            Assert.That(Ink(curves, percentTicks), Is.GreaterThan(100), "per cent ticks");
            Assert.That(Ink(curves, epochTicks), Is.GreaterThan(100), "epoch ticks");
            Assert.That(Ink(confusion, title), Is.GreaterThan(500), "title of the matrix");
            Assert.That(Ink(confusion, labels), Is.GreaterThan(40), "label of the first row");
        });
    }

    // The same test again in a process of its own, with empty folders mounted over those of the system's fonts.
    [Test, Platform("Linux")]
    public void Draw_FontFoldersHidden_HaveGlyphsToo()
    {
        if (Environment.GetEnvironmentVariable(HiddenMark) is not null)
            Assert.Ignore("skipped: this is the inner run");
        const string Hide = "for d in /usr/share/fonts /usr/local/share/fonts \"$HOME/.fonts\" \"$HOME/.local/share/fonts\"; do "
            + "[ ! -d \"$d\" ] || mount -t tmpfs none \"$d\" || exit 99; done; ";
        if (Run("-rm", Hide).Code != 0)
            Assert.Ignore("skipped: this system lets no test hide its font folders (unshare)");
        string inner = $"{nameof(EmbeddedFontTests)}.{nameof(Draw_Pictures_HaveGlyphsWhereTextStands)}";
        (int code, string output) = Run("-rm",
            Hide + $"{HiddenMark}=1 exec dotnet vstest '{typeof(EmbeddedFontTests).Assembly.Location}' "
                + $"'--TestCaseFilter:FullyQualifiedName~{inner}'");
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Match(@"Passed: +1\b"));
    }

    private static (int Code, string Output) Run(string flags, string script)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare",
                [flags, "sh", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, "unshare is not installed");
        }
    }

    private static int InkOfAPlainPlotTitle()
    {
        using Plot plot = new();
        plot.Axes.Frameless();
        plot.HideGrid();
        plot.Add.Annotation("a title").LabelBackgroundColor = Colors.Transparent;
        foreach (var annotation in plot.GetPlottables<ScottPlot.Plottables.Annotation>())
            (annotation.LabelBorderWidth, annotation.LabelShadowColor) = (0, Colors.Transparent);
        using SKBitmap bitmap = SKBitmap.Decode(plot.GetImageBytes(200, 100, ScottPlot.ImageFormat.Png));
        return Ink(bitmap, new SKRectI(0, 0, 200, 100));
    }

    /// <summary>Number of dark pixels.</summary>
    private static int Ink(SKBitmap bitmap, SKRectI area)
    {
        int dark = 0;
        for (int y = area.Top; y < area.Bottom; y++)
            for (int x = area.Left; x < area.Right; x++)
                if (bitmap.GetPixel(x, y) is { Red: < 128, Green: < 128, Blue: < 128 })
                    dark++;
        return dark;
    }
}
