using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests.Support;

/// <summary>
/// Reference data and corpora that stand beside the project on some machines; tests that need them say that they were skipped.
/// </summary>
internal static class SharedData
{
    /// <summary>Category of tests on real corpora: <c>dotnet test --filter TestCategory!=Corpus</c> leaves them out.</summary>
    public const string Corpus = "Corpus";

    /// <summary>A file or folder below the shared folder: that of SPEECHEMOTION_SHARED, else <c>../shared</c> beside the project.</summary>
    public static string Require(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("SPEECHEMOTION_SHARED") ?? Beside("shared");
        string path = Path.Combine(root ?? "", relative);
        if (root is null || (!File.Exists(path) && !Directory.Exists(path)))
            Assert.Ignore($"skipped: shared/{relative} is not on this machine");
        return path;
    }

    /// <summary>An unpacked corpus: below SPEECHEMOTION_DATA, else below <c>data</c> in the project.</summary>
    public static string RequireCorpus(string name)
    {
        string? root = Environment.GetEnvironmentVariable("SPEECHEMOTION_DATA")
            ?? (ProjectRoot() is { } project ? Path.Combine(project, "data") : null);
        string path = Path.Combine(root ?? "", name);
        if (root is null || !Directory.Exists(path))
            Assert.Ignore($"skipped: corpus {name} is not on this machine (put it in data/{name} or set SPEECHEMOTION_DATA)");
        return path;
    }

    /// <summary>The folder of SpeechEmotion.sln, or null outside a checkout.</summary>
    public static string? ProjectRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "SpeechEmotion.sln")))
                return at.FullName;
        return null;
    }

    private static string? Beside(string name) =>
        ProjectRoot() is { } root && Directory.GetParent(root) is { } parent ? Path.Combine(parent.FullName, name) : null;
}
