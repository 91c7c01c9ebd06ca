using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>The naming scheme of a public corpus whose file names contain label, speaker and text.</summary>
/// <param name="Kind">The kind of corpus in the settings.</param>
/// <param name="Title">The name that its publishers use.</param>
/// <param name="Example">An example of a file name.</param>
/// <param name="Source">Public page from which the corpus is available.</param>
/// <param name="Read">Reads a path, relative to the corpus folder with forward slashes.</param>
/// <param name="ReadTree">
/// For a corpus whose labels or texts are in files of their own: reads all paths of the corpus. The label that <paramref name="Read"/>
/// gives is then provisional.
/// </param>
internal sealed record NamingScheme(
    CorpusKind Kind, string Title, string Example, string Source, Func<string, NameReading> Read, TreeReading? ReadTree = null)
{
    /// <summary>The schemes of all supported public corpora.</summary>
    public static IReadOnlyList<NamingScheme> All { get; } =
    [
        new(CorpusKind.Tess, "TESS", "OAF_back_angry.wav", "https://doi.org/10.5683/SP2/E8H2MF", TessNames.Read),
        new(CorpusKind.Ravdess, "RAVDESS", "03-01-05-02-01-01-12.wav", "https://doi.org/10.5281/zenodo.1188976", RavdessNames.Read),
        new(CorpusKind.EmoDb, "EMO-DB", "03a01Fa.wav", "http://emodb.bilderbar.info", EmoDbNames.Read),
        new(CorpusKind.Savee, "SAVEE", "DC_a01.wav", "http://kahlan.eps.surrey.ac.uk/savee", SaveeNames.Read),
        new(CorpusKind.CremaD, "CREMA-D", "1001_DFA_ANG_XX.wav", "https://github.com/CheyneyComputerScience/CREMA-D", CremaDNames.Read),
        new(CorpusKind.Emovo, "EMOVO", "m1/rab-m1-l3.wav", "http://www.lrec-conf.org/proceedings/lrec2014/summaries/591.html",
            EmovoNames.Read),
        new(CorpusKind.Aesdd, "AESDD", "anger/a14 (1).wav", "http://m3c.web.auth.gr/research/aesdd-speech-emotion-recognition/",
            AesddNames.Read),
        new(CorpusKind.Nemo, "nEMO", "TP0_sadness_83.wav", "https://github.com/amu-cai/nEMO", NemoNames.Read),
        new(CorpusKind.Turev, "TurEV-DB", "Angry/7895_kz_demir.wav", "https://github.com/Xeonen/TurEV-DB", TurevNames.Read),
        new(CorpusKind.Banglaser, "BanglaSER", "03-01-03-02-01-03-18.wav", "https://doi.org/10.17632/t9h6p943xy", BanglaserNames.Read),
        new(CorpusKind.Esd, "ESD", "0011/Angry/train/0011_000351.wav", "https://github.com/HLTSingapore/Emotional-Speech-Data",
            EsdNames.Read, EsdNames.ReadTree),
        new(CorpusKind.Iemocap, "IEMOCAP", "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav",
            "https://sail.usc.edu/iemocap", IemocapNames.Read, IemocapNames.ReadTree),
        new(CorpusKind.Meld, "MELD", "train_splits/dia0_utt0.mp4", "https://affective-meld.github.io", MeldNames.Read, MeldNames.ReadTree),
        new(CorpusKind.MspPodcast, "MSP-Podcast", "Audios/MSP-PODCAST_0001_0008.wav",
            "https://ecs.utdallas.edu/research/researchlabs/msp-lab/MSP-Podcast.html", MspPodcastNames.Read, MspPodcastNames.ReadTree),
    ];

    /// <summary>The scheme of a kind; null for a kind without a scheme.</summary>
    public static NamingScheme? Find(CorpusKind kind) => All.FirstOrDefault(scheme => scheme.Kind == kind);
}

/// <summary>Reads all paths of a corpus, with the help of files other than audio.</summary>
/// <param name="folder">The corpus folder.</param>
/// <param name="paths">The audio files, relative to it with forward slashes.</param>
/// <param name="problems">Receives problems that concern no audio file, such as rows of a table without one.</param>
/// <returns>The reading of each path, in order.</returns>
/// <exception cref="InvalidDataException">A file that the corpus needs is missing or invalid.</exception>
internal delegate IReadOnlyList<NameReading> TreeReading(string folder, IReadOnlyList<string> paths, ProblemTally problems);

/// <summary>The result of reading a file name: an utterance, or the reason why the file is not used.</summary>
/// <param name="Utterance">The utterance; null for a file that is not used.</param>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Reason">The reason of a file that is not used, or a note about one that is; empty: no problem.</param>
internal readonly record struct NameReading(Utterance? Utterance, CorpusProblemKind Kind, string Reason)
{
    /// <summary>A valid name.</summary>
    public static NameReading Recognised(string path, string emotion, string speaker, string text, Part? part = null, string note = "") =>
        new(new Utterance(path, emotion, speaker, text, part), CorpusProblemKind.Warning, note);

    /// <summary>A name that does not follow the scheme.</summary>
    public static NameReading Misnamed(string reason) => new(null, CorpusProblemKind.Misnamed, reason);

    /// <summary>A name that follows the scheme, of a file that is left out on purpose.</summary>
    public static NameReading LeftOut(string reason) => new(null, CorpusProblemKind.LeftOut, reason);

    /// <summary>Whether the name follows the scheme, whether the file is used or not.</summary>
    public bool Understood => Utterance is not null || Kind == CorpusProblemKind.LeftOut;
}
