using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>Name, source and licence terms of each kind of corpus, for the model card.</summary>
internal static class CorpusTerms
{
    /// <summary>Name, source and terms as one line without a full stop.</summary>
    public static string GetTerms(CorpusKind kind) => kind switch
    {
        CorpusKind.Synthetic => "speech made by this program: no recording, no terms",
        CorpusKind.Tess => "Toronto emotional speech set (Pichora-Fuller and Dupuis 2020): CC BY-NC-ND 4.0, not for commercial use",
        CorpusKind.Ravdess =>
            "RAVDESS (Livingstone and Russo 2018, doi:10.1371/journal.pone.0196391): CC BY-NC-SA 4.0, not for commercial use",
        CorpusKind.EmoDb => "Berlin database of emotional speech (Burkhardt et al. 2005): see the terms that came with the copy",
        CorpusKind.Savee => "SAVEE (Haq and Jackson 2009): free for research on registration",
        CorpusKind.CremaD => "CREMA-D (Cao et al. 2014): Open Database License 1.0",
        CorpusKind.Folders or CorpusKind.Manifest => "own recordings: their owner determines the terms",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of corpus"),
    };
}
