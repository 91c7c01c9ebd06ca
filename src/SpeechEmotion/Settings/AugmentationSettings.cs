namespace SpeechEmotion.Settings;

/// <summary>Random changes to the features of training utterances, drawn anew each epoch from the run's seed.</summary>
public sealed record AugmentationSettings
{
    /// <summary>Largest change of tempo, as a share (0.2: between 1/1.2 and 1.2 times as fast); 0: none.</summary>
    public double Tempo { get; init; }

    /// <summary>Largest stretch of the frequency axis, as a share, formants and pitch together: vocal-tract-length perturbation (Jaitly and Hinton 2013); 0: none.</summary>
    public double Vtlp { get; init; }

    /// <summary>Largest change of speed by resampling the sound, as a share: pitch, formants and tempo change together; 0: none.</summary>
    public double Speed { get; init; }

    /// <summary>Share of the utterances that are put into a simple room of 0.1 to 0.5 s reverberation time.</summary>
    public double Reverberation { get; init; }

    /// <summary>Share of the utterances with three to six other voices of the training part behind them.</summary>
    public double Babble { get; init; }

    /// <summary>Share of the utterances with noise behind them, from hiss to rumble.</summary>
    public double Noise { get; init; }

    /// <summary>Lowest ratio of speech to babble or noise in dB.</summary>
    public double SnrLow { get; init; } = 5;

    /// <summary>Highest ratio of speech to babble or noise in dB.</summary>
    public double SnrHigh { get; init; } = 30;

    /// <summary>Largest change of level in dB, up or down; 0: none.</summary>
    public double GainDb { get; init; }

    /// <summary>Largest bend of the spectrum in dB, up or down, as of another microphone: a tilt, and slower to faster ripples over the mel bands that get smaller; 0: none.</summary>
    public double EqualiserDb { get; init; }

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

    /// <summary>Probability with which the MFCC of an utterance are hidden as a whole, and its chroma likewise; 0: never.</summary>
    public double FeatureGroupDropout { get; init; }

    /// <summary>
    /// Each normalised feature is shifted by a normal random number of this deviation and stretched by the exponential of another, one of each for the whole
    /// utterance: means and spreads that training voices do not show (after Li et al. 2022, who do so within the network); 0: none.
    /// </summary>
    public double StatisticsPerturbation { get; init; }

    /// <summary>Parameter of the Beta distribution of mixup (Zhang et al. 2018), applied to every second batch; 0: none.</summary>
    public double Mixup { get; init; }
}
