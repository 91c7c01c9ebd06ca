namespace SpeechEmotion.Settings;

/// <summary>Random changes to the features of training utterances, drawn anew each epoch from the run's seed.</summary>
public sealed record AugmentationSettings
{
    /// <summary>Largest change of tempo, as a share (0.2: between 1/1.2 and 1.2 times as fast); 0: none.</summary>
    public double Tempo { get; init; }

    /// <summary>Largest stretch of the mel axis, as a share: vocal-tract-length perturbation (Jaitly and Hinton 2013); 0: none.</summary>
    public double Warp { get; init; }

    /// <summary>Longest random crop in seconds; longer utterances are cut to it at a random place; 0: none.</summary>
    public double CropSeconds { get; init; }

    /// <summary>Number of time masks (SpecAugment, Park et al. 2019).</summary>
    public int TimeMasks { get; init; }

    /// <summary>Longest time mask in frames.</summary>
    public int TimeMaskFrames { get; init; } = 15;

    /// <summary>Number of masks over mel bands (SpecAugment).</summary>
    public int MelMasks { get; init; }

    /// <summary>Widest mask in mel bands.</summary>
    public int MelMaskBands { get; init; } = 10;

    /// <summary>Parameter of the Beta distribution of mixup (Zhang et al. 2018), applied to every second batch; 0: none.</summary>
    public double Mixup { get; init; }
}
