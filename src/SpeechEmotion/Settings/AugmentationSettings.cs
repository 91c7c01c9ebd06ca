namespace SpeechEmotion.Settings;

/// <summary>
/// Random changes to training utterances, drawn anew in each epoch from the run's seed. Validation and test utterances are never
/// changed. The defaults change nothing.
/// </summary>
public sealed record AugmentationSettings
{
    /// <summary>
    /// Tempo perturbation: largest change of tempo as a share, 0 to 1 (0.2: factor 1/1.2 to 1.2); 0: none. Features are stretched in
    /// time; pitch and formants stay.
    /// </summary>
    public double Tempo { get; init; }

    /// <summary>
    /// Vocal-tract-length perturbation (Jaitly and Hinton 2013): largest change of all frequencies as a share, 0 to 0.5 (0.2: factor
    /// 1/1.2 to 1.2); 0: none. Formants and pitch move together, as for another speaker; the tempo stays.
    /// </summary>
    public double Vtlp { get; init; }

    /// <summary>
    /// Speed perturbation (Ko et al. 2015): largest change of speed as a share, 0 to 1 (0.1: factor 1/1.1 to 1.1); 0: none. The
    /// waveform is resampled; pitch, formants and tempo change together.
    /// </summary>
    public double Speed { get; init; }

    /// <summary>
    /// Share of the utterances that are convolved with a simulated room response of 0.1 to 0.5 s reverberation time (Ko et al. 2017),
    /// 0 to 1; 0: none.
    /// </summary>
    public double Reverberation { get; init; }

    /// <summary>
    /// Share of the utterances that get babble, 0 to 1; 0: none. Babble is a mixture of three to six utterances of the training part,
    /// added at an SNR from <see cref="SnrLow"/> to <see cref="SnrHigh"/>.
    /// </summary>
    public double Babble { get; init; }

    /// <summary>
    /// Share of the utterances that get coloured noise, from white to low-pass, 0 to 1; 0: none. It is added at an SNR from
    /// <see cref="SnrLow"/> to <see cref="SnrHigh"/>.
    /// </summary>
    public double Noise { get; init; }

    /// <summary>Lowest signal-to-noise ratio of <see cref="Babble"/> and <see cref="Noise"/> in dB, −20 to 100.</summary>
    public double SnrLow { get; init; } = 5;

    /// <summary>
    /// Highest signal-to-noise ratio of <see cref="Babble"/> and <see cref="Noise"/> in dB, from <see cref="SnrLow"/> to 100. The
    /// ratio is drawn uniformly between the two.
    /// </summary>
    public double SnrHigh { get; init; } = 30;

    /// <summary>Random gain: largest change of level in dB, up or down, 0 to 60; 0: none.</summary>
    public double GainDb { get; init; }

    /// <summary>
    /// Random equaliser, as between microphones: largest change of spectral shape in dB, up or down, 0 to 60; 0: none. The gain over
    /// the mel bands is a sum of four cosines, from a tilt to two full periods; the k-th has at most 1/k of this value.
    /// </summary>
    public double EqualiserDb { get; init; }

    /// <summary>
    /// Share of the utterances that go through a random line, 0 to 1; 0: none. A line is a band from up to 400 Hz to above 2,800 Hz with
    /// edges of any steepness, and a noise within it 20 to 70 dB below the speech, as of telephones, codecs and small microphones. The
    /// utterances of a speaker in a batch, and the speaker's enrolment, go through the same.
    /// </summary>
    [WhenAbsent(0.0)]
    public double Line { get; init; }

    /// <summary>
    /// Length of a random crop in seconds; 0: none. A longer utterance is replaced by a section of this length at a random position.
    /// </summary>
    public double CropSeconds { get; init; }

    /// <summary>Number of time masks per utterance (SpecAugment, Park et al. 2019), 0 to 1000; 0: none.</summary>
    public int TimeMasks { get; init; }

    /// <summary>
    /// Longest time mask in frames, at least 1. Each mask has a random length up to this value and up to a fifth of the utterance.
    /// </summary>
    public int TimeMaskFrames { get; init; } = 15;

    /// <summary>Number of masks over mel bands per utterance (SpecAugment, Park et al. 2019), 0 to 1000; 0: none.</summary>
    public int MelMasks { get; init; }

    /// <summary>Widest mask in mel bands, at least 1. Each mask has a random width up to this value.</summary>
    public int MelMaskBands { get; init; } = 10;

    /// <summary>
    /// Feature-group dropout: probability of masking all MFCC of an utterance, and separately all its chroma, 0 to 1; 0: never (after
    /// modality dropout, Neverova et al. 2016).
    /// </summary>
    public double FeatureGroupDropout { get; init; }

    /// <summary>
    /// Statistics perturbation: standard deviation of a random offset of each normalised feature and of the logarithm of a random
    /// scale, both constant over the utterance, 0 to 2; 0: none. It simulates means and variances that no training speaker has (after
    /// DSU, Li et al. 2022, who perturb features inside the network).
    /// </summary>
    public double StatisticsPerturbation { get; init; }

    /// <summary>
    /// Mixup (Zhang et al. 2018): parameter α of the distribution Beta(α, α) of the mixing weight, 0 to 10; 0: none. Every second
    /// batch is mixed.
    /// </summary>
    public double Mixup { get; init; }
}
