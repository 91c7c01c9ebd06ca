using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// Rows of the feature matrix for given settings, in fixed order: mel, MFCC, deltas, delta-deltas, chroma, RMS, zero-crossing rate,
/// centroid, pitch, voicing.
/// </summary>
internal sealed class FeatureLayout
{
    private readonly List<FeatureBlock> blocks = [];
    private readonly List<string> names = [];

    public FeatureLayout(FeatureSettings settings)
    {
        Add(FeatureKind.Mel, settings.Mel ? settings.MelBands : 0, i => $"mel{i}");
        Add(FeatureKind.Mfcc, settings.Mfcc, i => $"mfcc{i}");
        Add(FeatureKind.Delta, settings.Deltas >= 1 ? settings.Mfcc : 0, i => $"mfcc{i}.delta");
        Add(FeatureKind.DeltaDelta, settings.Deltas >= 2 ? settings.Mfcc : 0, i => $"mfcc{i}.delta2");
        Add(FeatureKind.Chroma, settings.Chroma, i => $"chroma{i}");
        Add(FeatureKind.Rms, settings.Rms ? 1 : 0, _ => "rms");
        Add(FeatureKind.Zcr, settings.Zcr ? 1 : 0, _ => "zcr");
        Add(FeatureKind.Centroid, settings.Centroid ? 1 : 0, _ => "centroid");
        Add(FeatureKind.Pitch, settings.Pitch ? 2 : 0, i => i == 0 ? "pitch" : "voicing");
    }

    public IReadOnlyList<FeatureBlock> Blocks => blocks;

    public IReadOnlyList<string> Names => names;

    public int Count => names.Count;

    /// <summary>Rows that are derivatives over time: source row, target row and order.</summary>
    public IEnumerable<(int From, int To, int Order)> Derivatives =>
        from block in blocks
        where block.Kind is FeatureKind.Delta or FeatureKind.DeltaDelta
        from row in Enumerable.Range(0, block.Count)
        select (First(FeatureKind.Mfcc)!.Value + row, block.First + row, block.Kind == FeatureKind.Delta ? 1 : 2);

    /// <summary>Rows of a kind; null if the settings do not include it.</summary>
    public FeatureBlock? Find(FeatureKind kind)
    {
        foreach (FeatureBlock block in blocks)
            if (block.Kind == kind)
                return block;
        return null;
    }

    /// <summary>First row of a kind; null if the settings do not include it.</summary>
    public int? First(FeatureKind kind) => Find(kind)?.First;

    private void Add(FeatureKind kind, int count, Func<int, string> name)
    {
        if (count <= 0)
            return;
        blocks.Add(new FeatureBlock(kind, names.Count, count));
        for (int i = 0; i < count; i++)
            names.Add(name(i));
    }
}
