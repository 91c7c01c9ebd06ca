using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>The naming scheme of a public corpus whose file names contain label, speaker and text.</summary>
/// <param name="Kind">The kind of corpus in the settings.</param>
/// <param name="Title">The name that its publishers use.</param>
/// <param name="Example">An example of a file name.</param>
/// <param name="Source">Public page from which the corpus is available.</param>
/// <param name="Read">Reads a path, relative to the corpus folder with forward slashes.</param>
internal sealed record NamingScheme(CorpusKind Kind, string Title, string Example, string Source, Func<string, NameReading> Read)
{
    /// <summary>The schemes of all supported public corpora.</summary>
    public static IReadOnlyList<NamingScheme> All { get; } =
    [
        new(CorpusKind.Tess, "TESS", "OAF_back_angry.wav", "https://doi.org/10.5683/SP2/E8H2MF", TessNames.Read),
        new(CorpusKind.Ravdess, "RAVDESS", "03-01-05-02-01-01-12.wav", "https://doi.org/10.5281/zenodo.1188976", RavdessNames.Read),
        new(CorpusKind.EmoDb, "EMO-DB", "03a01Fa.wav", "http://emodb.bilderbar.info", EmoDbNames.Read),
        new(CorpusKind.Savee, "SAVEE", "DC_a01.wav", "http://kahlan.eps.surrey.ac.uk/savee", SaveeNames.Read),
        new(CorpusKind.CremaD, "CREMA-D", "1001_DFA_ANG_XX.wav", "https://github.com/CheyneyComputerScience/CREMA-D", CremaDNames.Read),
    ];

    /// <summary>The scheme of a kind; null for a kind without a scheme.</summary>
    public static NamingScheme? Find(CorpusKind kind) => All.FirstOrDefault(scheme => scheme.Kind == kind);
}

/// <summary>The result of reading a file name: an utterance, or the reason why the file is not used.</summary>
/// <param name="Utterance">The utterance; null for a file that is not used.</param>
/// <param name="Kind">The kind of problem of a file that is not used.</param>
/// <param name="Reason">The reason of a file that is not used, else empty.</param>
internal readonly record struct NameReading(Utterance? Utterance, CorpusProblemKind Kind, string Reason)
{
    /// <summary>A valid name.</summary>
    public static NameReading Recognised(string path, string emotion, string speaker, string text, Part? part = null) =>
        new(new Utterance(path, emotion, speaker, text, part), default, "");

    /// <summary>A name that does not follow the scheme.</summary>
    public static NameReading Misnamed(string reason) => new(null, CorpusProblemKind.Misnamed, reason);

    /// <summary>A name that follows the scheme, of a file that is left out on purpose.</summary>
    public static NameReading LeftOut(string reason) => new(null, CorpusProblemKind.LeftOut, reason);

    /// <summary>Whether the name follows the scheme, whether the file is used or not.</summary>
    public bool Understood => Utterance is not null || Kind == CorpusProblemKind.LeftOut;
}
