using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>Rules for the text of the project's files that no compiler checks.</summary>
public partial class SourceTextTests
{
    private static readonly string[] Text =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".txt", ".cmd", ".sh", ".ipynb", ".yml", ".csv", ".editorconfig",
            "/run", "/long", "Containerfile", "Dockerfile"];

    // In parts, so that this file does not name them.
    private static readonly string[] Registries =
        [.. new[] { "nuget", "npmjs", "pypi", "pythonhosted", "anaconda", "conda", "rubygems", "maven" }.Select(name => name + ".org"),
            "crates" + ".io", "npmjs" + ".com"];

    [Test]
    public void Files_AbsolutePaths_NameNoOnesFolder()
    {
        Assert.That(Findings(line => HomePath().IsMatch(line)), Is.Empty);
    }

    [Test]
    public void Files_Text_NamesNoPackageRegistry()
    {
        Assert.That(Findings(line => Registries.Any(host => line.Contains(host, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public void Sources_EveryLine_KeepsToTheMaximumLength()
    {
        string setting = File.ReadLines(SourceTree.Require(".editorconfig")).SkipWhile(line => line.Trim() != "[*.cs]").Skip(1)
            .TakeWhile(line => !line.StartsWith('[')).Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal));
        int max = int.Parse(setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        Assert.That(
            SourceTree.Findings(
                new[] { "src", "tests" }.SelectMany(folder => SourceTree.Files(SourceTree.Require(folder), ".cs")),
                line => line.Length > max ? [$"{line.Length} characters, at most {max}"] : []),
            Is.Empty);
    }

    /// <summary>A command parses, calls the libraries and prints; what is longer belongs elsewhere.</summary>
    [Test]
    public void Commands_EveryFile_IsShort()
    {
        const int max = 80;
        string[] commands = [.. SourceTree.Files(SourceTree.Require("src/SpeechEmotion.Cli/Commands"), "Command.cs")];
        Assert.That(commands, Has.Length.GreaterThan(5));
        Assert.That(commands.Where(file => File.ReadLines(file).Count() > max), Is.Empty);
    }

    [Test]
    public void Sources_CatchAll_PassesTheFaultOn()
    {
        List<string> faults = [];
        foreach (string file in SourceTree.Files(SourceTree.Require("src"), ".cs").Where(file => Path.GetFileName(file) != "Program.cs"))
            faults.AddRange(SwallowedFaults(File.ReadAllText(file)).Select(at => $"{file}: {at}"));
        Assert.That(faults, Is.Empty, "only Program.cs may end an error of any kind");
    }

    [TestCase("/ho" + "me/ann/corpus", ExpectedResult = true)]
    [TestCase("\"/ro" + "ot/x\"", ExpectedResult = true)]
    [TestCase("cd /wo" + "rk/main", ExpectedResult = true)]
    [TestCase(@"C:\Us" + @"ers\ann", ExpectedResult = true)]
    [TestCase("https://example.com/home", ExpectedResult = false)]
    [TestCase("../shared/corpora", ExpectedResult = false)]
    [TestCase("src/root/home/x", ExpectedResult = false)]
    public bool HomePath_Line_IsSeen(string line) => HomePath().IsMatch(line);

    [TestCase("try { A(); } catch (Exception) { }", ExpectedResult = 1)]
    [TestCase("try { A(); } catch { return null; }", ExpectedResult = 1)]
    [TestCase("try { A(); } catch (System.Exception fault) { Log(fault.Message); }", ExpectedResult = 1)]
    [TestCase("try { A(); } catch { Undo(); throw; }", ExpectedResult = 0)]
    [TestCase("try { A(); } catch (Exception fault) { if (x) { throw new IOException(\"x\", fault); } throw; }", ExpectedResult = 0)]
    [TestCase("try { A(); } catch (Exception fault) { channel.Writer.TryComplete(fault); }", ExpectedResult = 0)]
    [TestCase("try { A(); } catch (Exception fault) when (fault is IOException) { }", ExpectedResult = 0)]
    [TestCase("try { A(); } catch (IOException) { }", ExpectedResult = 0)]
    public int SwallowedFaults_Source_Counts(string source) => SwallowedFaults(source).Count();

    private static List<string> Findings(Func<string, bool> isFault) =>
        SourceTree.Findings(SourceTree.Files(SourceTree.Require(""), Text), line => isFault(line) ? [line.Trim()] : []);

    /// <summary>Catch-all blocks without filter that neither throw nor hand the exception to a waiting reader.</summary>
    private static IEnumerable<string> SwallowedFaults(string source)
    {
        foreach (Match head in CatchAll().Matches(source))
        {
            int depth = 1, at = head.Index + head.Length;
            for (; depth > 0 && at < source.Length; at++)
                depth += source[at] switch { '{' => 1, '}' => -1, _ => 0 };
            string block = source[(head.Index + head.Length)..at];
            if (!PassedOn().IsMatch(block))
                yield return $"line {source.AsSpan(0, head.Index).Count('\n') + 1}: {head.Value.Trim()} ends here";
        }
    }

    [GeneratedRegex(@"(?<![\w.:/\-])/(?:home/\w|root/|work/|Users/\w)|\b[A-Za-z]:\\+(?:Users|home)\\")]
    private static partial Regex HomePath();

    [GeneratedRegex(@"\bcatch\s*(?:\(\s*(?:System\.)?Exception\b[^)]*\)\s*)?\{")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\bthrow\b|\b(?:Try)?(?:Complete|SetException)\(|ExceptionDispatchInfo\.Capture\(")]
    private static partial Regex PassedOn();
}
