namespace SpeechEmotion.Corpora.Naming;

/// <summary>Names that folders and tables give the parts of a corpus.</summary>
/// <remarks>
/// <c>evaluation</c> and <c>eval</c> are used in two senses: beside a test part they are the validation part, as in ESD; without one they
/// are the test part.
/// </remarks>
internal static class PartNames
{
    /// <summary>The part that a name stands for, in any case; null for any other name.</summary>
    /// <param name="name">Name of a folder or a cell: <c>train</c>, <c>Dev</c>, <c>test_set</c>, <c>Test1</c>.</param>
    /// <param name="hasTest">Whether the corpus has a part named test.</param>
    public static Part? Find(string name, bool hasTest = true) => Stem(name) switch
    {
        "train" or "training" or "trn" => Part.Train,
        "validation" or "validate" or "valid" or "val" or "dev" or "devel" or "development" => Part.Validation,
        "test" or "testing" or "tests" or "tst" => Part.Test,
        "evaluation" or "eval" => hasTest ? Part.Validation : Part.Test,
        _ => null,
    };

    /// <summary>Whether a part named test, in any spelling, is among names.</summary>
    public static bool HasTest(IEnumerable<string> names) => names.Distinct().Any(name => Find(name) == Part.Test);

    /// <summary>The name without case, separators, a final number of train and test, and endings such as <c>set</c>.</summary>
    private static string Stem(string name)
    {
        string stem = string.Concat(name.ToLowerInvariant().Split([' ', '_', '-', '.']));
        foreach (string ending in (string[])["set", "splits", "split", "part", "data"])
            if (stem.EndsWith(ending, StringComparison.Ordinal))
                stem = stem[..^ending.Length];
        string unnumbered = stem.TrimEnd([.. "0123456789"]);
        return unnumbered is "train" or "test" ? unnumbered : stem;
    }
}
