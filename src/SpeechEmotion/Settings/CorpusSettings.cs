namespace SpeechEmotion.Settings;

/// <summary>Where utterances and their labels come from.</summary>
public sealed record CorpusSettings
{
    /// <summary>Naming scheme of the corpus.</summary>
    public CorpusKind Kind { get; init; } = CorpusKind.Synthetic;

    /// <summary>Folder of the corpus; empty: <c>data/KIND</c> below the working folder. <c>--data</c> goes before it.</summary>
    public string Folder { get; init; } = "";

    /// <summary>CSV file of kind <c>manifest</c>, relative to the folder.</summary>
    public string Manifest { get; init; } = "manifest.csv";

    /// <summary>Renames labels after the corpus's own names were made canonical; an empty name drops the label's utterances.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Corpora to join. When given, kind and folder of this record are not used, and each source's folder is looked for by the name of its kind below <see cref="Folder"/>.</summary>
    public IReadOnlyList<CorpusSettings> Sources { get; init; } = [];

    /// <summary>The embedded synthetic corpus, for kind <c>synthetic</c>.</summary>
    public SyntheticSettings Synthetic { get; init; } = new();

    /// <summary>Name of the corpus, or of all joined ones: <c>tess</c>, <c>tess + ravdess</c>.</summary>
    internal string DisplayName => string.Join(" + ", All.Select(source => KebabCase.From(source.Kind)));

    /// <summary>Whether the program itself made any of the speech.</summary>
    internal bool IsSynthetic => All.Any(source => source.Kind == CorpusKind.Synthetic);

    /// <summary>The joined corpora, or this one.</summary>
    internal IReadOnlyList<CorpusSettings> All => Sources.Count == 0 ? [this] : Sources;
}

/// <summary>Corpora whose file names this program understands.</summary>
public enum CorpusKind
{
    /// <summary>Made by the program itself from a seed; nothing is read.</summary>
    Synthetic,
    /// <summary>Toronto emotional speech set: <c>OAF_back_angry.wav</c>.</summary>
    Tess,
    /// <summary>Ryerson audio-visual database, speech: <c>03-01-05-02-01-01-12.wav</c>.</summary>
    Ravdess,
    /// <summary>Berlin database: <c>03a01Fa.wav</c>.</summary>
    EmoDb,
    /// <summary>Surrey audio-visual expressed emotion: <c>DC_a01.wav</c> or <c>DC/a01.wav</c>.</summary>
    Savee,
    /// <summary>CREMA-D: <c>1001_DFA_ANG_XX.wav</c>.</summary>
    CremaD,
    /// <summary>One folder per emotion; a level of speaker folders above it or below it is understood.</summary>
    Folders,
    /// <summary>A CSV file with the columns path, emotion, speaker and optionally split and text.</summary>
    Manifest,
}

/// <summary>Size of the embedded synthetic corpus.</summary>
public sealed record SyntheticSettings
{
    /// <summary>Number of synthetic speakers, at least 2.</summary>
    public int Speakers { get; init; } = 12;

    /// <summary>Utterances of each speaker in each of the seven emotions.</summary>
    public int UtterancesPerEmotion { get; init; } = 10;

    /// <summary>Seed of the voices and utterances, apart from the run's seed so that runs compare on the same corpus.</summary>
    public int Seed { get; init; } = 1;
}
