using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>A public corpus whose file names say everything.</summary>
/// <param name="Kind">Its kind in the settings.</param>
/// <param name="Title">What its publishers call it.</param>
/// <param name="Example">A file name of it.</param>
/// <param name="Source">Public page on which it can be had.</param>
/// <param name="Read">Reads a path, relative to the corpus folder with forward slashes.</param>
internal sealed record NamingScheme(CorpusKind Kind, string Title, string Example, string Source, Func<string, NameReading> Read)
{
    /// <summary>Every corpus known by its file names.</summary>
    public static IReadOnlyList<NamingScheme> All { get; } =
    [
        new(CorpusKind.Tess, "TESS", "OAF_back_angry.wav", "https://doi.org/10.5683/SP2/E8H2MF", TessNames.Read),
        new(CorpusKind.Ravdess, "RAVDESS", "03-01-05-02-01-01-12.wav", "https://doi.org/10.5281/zenodo.1188976", RavdessNames.Read),
        new(CorpusKind.EmoDb, "EMO-DB", "03a01Fa.wav", "http://emodb.bilderbar.info", EmoDbNames.Read),
        new(CorpusKind.Savee, "SAVEE", "DC_a01.wav", "http://kahlan.eps.surrey.ac.uk/savee", SaveeNames.Read),
        new(CorpusKind.CremaD, "CREMA-D", "1001_DFA_ANG_XX.wav", "https://github.com/CheyneyComputerScience/CREMA-D", CremaDNames.Read),
    ];

    /// <summary>The scheme of a kind, or null for a kind without file names of its own.</summary>
    public static NamingScheme? Find(CorpusKind kind) => All.FirstOrDefault(scheme => scheme.Kind == kind);
}

/// <summary>What a file name says: an utterance, or why it is none.</summary>
internal readonly record struct NameReading(Utterance? Utterance, CorpusProblemKind Kind, string Reason)
{
    public static NameReading Recognised(string path, string emotion, string speaker, string text, Part? part = null) =>
        new(new Utterance(path, emotion, speaker, text, part), default, "");

    public static NameReading Misnamed(string reason) => new(null, CorpusProblemKind.Misnamed, reason);

    public static NameReading LeftOut(string reason) => new(null, CorpusProblemKind.LeftOut, reason);

    /// <summary>Whether the name is of the scheme's form, used or not.</summary>
    public bool Understood => Utterance is not null || Kind == CorpusProblemKind.LeftOut;
}
