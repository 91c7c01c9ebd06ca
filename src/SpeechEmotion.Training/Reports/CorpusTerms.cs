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
        CorpusKind.Emovo => "EMOVO (Costantini et al. 2014): no terms stated, for research",
        CorpusKind.Aesdd => "AESDD (Vryzas et al. 2018): see the terms that came with the copy",
        CorpusKind.Nemo => "nEMO (Christop 2024): CC BY-NC-SA 4.0, not for commercial use",
        CorpusKind.Turev => "TurEV-DB (Canpolat et al. 2020): CC BY-NC-ND 4.0, not for commercial use",
        CorpusKind.Banglaser =>
            "BanglaSER (Das et al. 2022, doi:10.17632/t9h6p943xy): CC BY 4.0; its extension (disgust, fear): no terms stated",
        CorpusKind.Esd => "ESD (Zhou et al. 2022): for research on a signed licence",
        CorpusKind.Iemocap => "IEMOCAP (Busso et al. 2008): on a signed licence, which determines the use",
        CorpusKind.Meld => "MELD (Poria et al. 2019): annotations GPL 3.0; the clips are from a television series, for research",
        CorpusKind.MspPodcast => "MSP-Podcast (Lotfian and Busso 2019): on a signed licence, academic or commercial",
        CorpusKind.Folders or CorpusKind.Manifest => "own recordings: their owner determines the terms",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of corpus"),
    };
}
