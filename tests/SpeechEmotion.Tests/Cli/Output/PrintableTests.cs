using Spectre.Console;
using Spectre.Console.Testing;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Inference;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Output;

/// <summary>Names of files, speakers and devices are untrusted: none may send control characters to the terminal.</summary>
public class PrintableTests
{
    private const string Evil = "a\u001b[31m\u001b]0;title\ab\u009b2Jc\u007f\u202Ed";

    [TestCase("plain – ümlaut 漢字 😀", "plain – ümlaut 漢字 😀")]
    [TestCase("\u001b[2J", "␛[2J")]
    [TestCase("a\0\a\b\u007f", "a␀␇␈␡")]
    [TestCase("a\u009b31mb", "a�31mb")]
    [TestCase("gpj\u202E.exe", "gpj�.exe")]
    [TestCase("one\ntwo\rthree\tfour\r\n", "one␊two␍three␉four␍␊")]
    public void Line_Text_HasNoControls(string text, string shown) => Assert.That(Printable.Line(text), Is.EqualTo(shown));

    [Test]
    public void Lines_Text_KeepsItsLines() => Assert.That(Printable.Lines("a\tb\n\u001bc\rd\r\n"), Is.EqualTo("a\tb\n␛c␍d\r\n"));

    [Test]
    public void Write_Renderables_AreCleanedAndStyled()
    {
        using var inner = new TestConsole().Width(80).EmitAnsiSequences();
        var console = new PrintableConsole(inner);
        console.Write(new Table().AddColumn(Markup.Escape(Evil)).AddRow(new Markup($"[red]{Markup.Escape(Evil)}[/]")));
        console.WriteLine(Evil);
        console.Write(new ControlCode("\u001b[?25l"));

        Assert.That(inner.Output, Does.Contain("␛[31m␛]0;title␇b�2Jc␡�d").And.Contain("\u001b[?25l"), "the program's own code passes");
        Assert.That(inner.Output.Replace("\u001b[38;5;9m", "").Replace("\u001b[0m", "").Replace("\u001b[?25l", ""),
            Does.Not.Contain('\u001b'), "but for the colour that the program asked for");
    }

    [Test, Platform(Exclude = "Win")]
    public void Verbs_FileNamesWithControls_AreShownAsSymbols()
    {
        using var folder = new TemporaryFolder();
        TinyModel.Checkpoint().Save(folder["best.safetensors"]);
        foreach (string path in new[] { $"corpus/anger/{Evil}/1.wav", $"corpus/anger/{Evil}/same.wav", $"corpus/fear/{Evil}/2\n.wav" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            Pcm16File.Write(folder[path], new Waveform(TestSignals.Speech(path.Contains("fear") ? 2 : 1), TestSignals.Rate));
        }
        File.WriteAllText(folder[$"corpus/fear/{Evil}.wav"], "no sound");
        string clip = folder[$"corpus/fear/{Evil}/2\n.wav"];
        foreach (string[] args in new[]
        {
            ["predict", clip, "--model", folder.Path],
            ["predict", folder["missing"] + Evil, "--model", folder.Path],
            ["predict", folder[$"corpus/fear/{Evil}.wav"], clip, "--model", folder.Path],
            ["live", "--file", clip, "--fast", "--model", folder.Path],
            ["corpus", folder["corpus"], "--kind", "folders"],
            ["features", clip],
            new[] { "info", folder["missing"] + Evil },
        })
        {
            CommandLine result = CommandLine.Run(args);
            string all = result.Output + string.Join('\n', result.Errors);
            Assert.That(all, Does.Contain("␛[31m"), string.Join(' ', args));
            Assert.That(all.Where(c => char.IsControl(c) && c is not ('\n' or '\r')), Is.Empty, args[0]);
        }
    }
}
