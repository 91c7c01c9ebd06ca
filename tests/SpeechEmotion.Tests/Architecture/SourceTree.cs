using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>The project's own files, where the tests run inside a checkout.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> Foreign =
        ["bin", "obj", ".git", "data", "runs", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea", ".vscode"];

    /// <summary>A folder or file of the checkout; the test is skipped where there is none.</summary>
    public static string Require(string relative)
    {
        if (SharedData.ProjectRoot() is not { } root)
        {
            Assert.Ignore("skipped: the tests do not run inside a checkout");
            throw new InvalidOperationException();
        }
        return Path.Combine(root, relative);
    }

    /// <summary>All files below <paramref name="folder"/> with one of the endings, without build output, corpora and runs.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
            if (endings.Length == 0 || endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
                yield return file;
        foreach (string below in Directory.EnumerateDirectories(folder).Where(below => !Foreign.Contains(Path.GetFileName(below))))
            foreach (string file in Files(below, endings))
                yield return file;
    }

    /// <summary>What is found in the lines of files, each with file and line.</summary>
    public static List<string> Findings(IEnumerable<string> files, Func<string, IEnumerable<string>> find)
    {
        string root = Require("");
        List<string> findings = [];
        foreach (string file in files)
        {
            int number = 0;
            foreach (string line in File.ReadLines(file))
            {
                number++;
                findings.AddRange(find(line).Select(found => $"{Path.GetRelativePath(root, file)}:{number}: {found}"));
            }
        }
        return findings;
    }
}
