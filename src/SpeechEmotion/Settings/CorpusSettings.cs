namespace SpeechEmotion.Settings;

/// <summary>The corpus: its recordings and their labels.</summary>
public sealed record CorpusSettings
{
    /// <summary>Kind of the corpus: how its files state emotion, speaker and text.</summary>
    public CorpusKind Kind { get; init; } = CorpusKind.Synthetic;

    /// <summary>
    /// Name of the corpus. Its speakers are named by it and a slash: <c>tess/OAF</c>. Empty: the kind; for <c>manifest</c> and
    /// <c>folders</c> the manifest's file name without extension unless that is <c>manifest</c>, else the last part of the folder.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Folder of the corpus; empty: <c>data/KIND</c> below the working folder. The option <c>--data</c> has precedence.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>CSV file of kind <c>manifest</c>, relative to <see cref="Folder"/>.</summary>
    public string Manifest { get; init; } = "manifest.csv";

    /// <summary>
    /// Folder of the audio files of kind <c>manifest</c>, relative to that of the CSV file. Empty: paths are relative to the CSV file, else
    /// to <see cref="Folder"/>. A name without folder that is not there is searched for in all folders below.
    /// </summary>
    public string AudioRoot { get; init; } = "";

    /// <summary>
    /// New names of labels, by canonical name (<c>"calm": "neutral"</c>). Utterances of a label whose new name is empty are left out.
    /// </summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Corpora to join, with different names; empty: one corpus, described by this record. With sources, <see cref="Kind"/>,
    /// <see cref="Name"/>, <see cref="Manifest"/> and <see cref="Synthetic"/> of this record are not used. A source without a folder of
    /// its own is read from the folder below <see cref="Folder"/> that has its name, else from that of its kind; a manifest also from
    /// <see cref="Folder"/> itself. The later of two sources with the same default name has <c>-2</c> after it.
    /// </summary>
    public IReadOnlyList<CorpusSettings> Sources { get; init; } = [];

    /// <summary>Size and seed of the corpus of kind <c>synthetic</c>.</summary>
    public SyntheticSettings Synthetic { get; init; } = new();

    /// <summary>Whether the program itself made any of the speech.</summary>
    internal bool IsSynthetic => All.Any(source => source.Kind == CorpusKind.Synthetic);

    /// <summary>The joined corpora, or this one.</summary>
    internal IReadOnlyList<CorpusSettings> All => Sources.Count == 0 ? [this] : Sources;
}

/// <summary>Kinds of corpora, by the naming scheme of their files.</summary>
public enum CorpusKind
{
    /// <summary>Synthesised by the program from a seed; no file is read.</summary>
    Synthetic,
    /// <summary>Toronto emotional speech set: <c>OAF_back_angry.wav</c>.</summary>
    Tess,
    /// <summary>Ryerson audio-visual database of emotional speech and song, speech part: <c>03-01-05-02-01-01-12.wav</c>.</summary>
    Ravdess,
    /// <summary>Berlin database of emotional speech: <c>03a01Fa.wav</c>.</summary>
    EmoDb,
    /// <summary>Surrey audio-visual expressed emotion: <c>DC_a01.wav</c> or <c>DC/a01.wav</c>.</summary>
    Savee,
    /// <summary>Crowd-sourced emotional multimodal actors dataset (CREMA-D): <c>1001_DFA_ANG_XX.wav</c>.</summary>
    CremaD,
    /// <summary>One folder per emotion, with optional folders of speakers above or below.</summary>
    Folders,
    /// <summary>A CSV file with the columns path, emotion and speaker, and optionally split, text, start and end (in seconds).</summary>
    Manifest,
    /// <summary>EMOVO, Italian: <c>m1/rab-m1-l3.wav</c>.</summary>
    Emovo,
    /// <summary>Acted emotional speech dynamic database, Greek: <c>anger/a14 (1).wav</c>.</summary>
    Aesdd,
    /// <summary>nEMO, Polish: <c>TP0_sadness_83.wav</c>.</summary>
    Nemo,
    /// <summary>TurEV-DB, Turkish: <c>Angry/7895_kz_demir.wav</c>.</summary>
    Turev,
    /// <summary>BanglaSER, Bengali: <c>03-01-03-02-01-03-18.wav</c>.</summary>
    Banglaser,
    /// <summary>Emotional speech database, Mandarin and English: <c>0011/Angry/train/0011_000351.wav</c>.</summary>
    Esd,
    /// <summary>Interactive emotional dyadic motion capture database: <c>Session1/sentences/wav/Ses01F_impro01_F000.wav</c>.</summary>
    Iemocap,
    /// <summary>Multimodal emotion lines dataset: <c>train_splits/dia0_utt0.mp4</c> and <c>train_sent_emo.csv</c>.</summary>
    Meld,
    /// <summary>MSP-Podcast: <c>Audios/MSP-PODCAST_0001_0008.wav</c> and <c>Labels/labels_consensus.csv</c>.</summary>
    MspPodcast,
}

/// <summary>Size and seed of the synthetic corpus.</summary>
public sealed record SyntheticSettings
{
    /// <summary>Number of synthetic speakers, 2 to 1000.</summary>
    public int Speakers { get; init; } = 12;

    /// <summary>Utterances per speaker and emotion, 1 to 10000. There are seven emotions.</summary>
    public int UtterancesPerEmotion { get; init; } = 10;

    /// <summary>
    /// Seed of speakers and utterances. It is separate from the run's seed, so that runs with different seeds use the same corpus.
    /// </summary>
    public int Seed { get; init; } = 1;
}
