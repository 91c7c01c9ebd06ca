namespace SpeechEmotion.Settings;

/// <summary>
/// What the network sees: one column of features per frame. Definitions follow librosa 0.11 (periodic Hann window,
/// centred frames with zero padding, Slaney mel scale and norm, orthonormal DCT-II).
/// </summary>
public sealed record FeatureSettings
{
    /// <summary>Longest <see cref="HopLength"/> in samples, as long as the longest FFT.</summary>
    internal const int MaxHopLength = 1 << 16;

    /// <summary>Rate in Hz to which every recording is resampled.</summary>
    public int SampleRate { get; init; } = 16000;

    /// <summary>Length of the analysis window in samples (400 = 25 ms at 16 kHz).</summary>
    public int FrameLength { get; init; } = 400;

    /// <summary>Distance between frames in samples (160 = 10 ms at 16 kHz).</summary>
    public int HopLength { get; init; } = 160;

    /// <summary>Length of the FFT behind mel, MFCC and centroid in samples, a power of two not shorter than the frame.</summary>
    public int FftLength { get; init; } = 512;

    /// <summary>Whether the log-mel spectrogram is among the features.</summary>
    public bool Mel { get; init; } = true;

    /// <summary>Number of mel bands, of the mel features and below the MFCC.</summary>
    public int MelBands { get; init; } = 64;

    /// <summary>Lower edge of the lowest mel band in Hz.</summary>
    public double MelLow { get; init; } = 50;

    /// <summary>Upper edge of the highest mel band in Hz; 0: half the sample rate.</summary>
    public double MelHigh { get; init; }

    /// <summary>Number of MFCC, at most <see cref="MelBands"/>; 0 leaves them out.</summary>
    public int Mfcc { get; init; } = 40;

    /// <summary>Time derivatives of the MFCC: 0 none, 1 deltas, 2 deltas and delta-deltas (Savitzky–Golay, width 9).</summary>
    public int Deltas { get; init; }

    /// <summary>Number of chroma classes; 0 leaves them out.</summary>
    public int Chroma { get; init; } = 12;

    /// <summary>Length of the FFT and window behind chroma in samples: 512 samples resolve little below 500 Hz.</summary>
    public int ChromaFftLength { get; init; } = 2048;

    /// <summary>Whether chroma's tuning is estimated on the whole clip, as librosa does unless told; otherwise it is 0, which a stream can do.</summary>
    public bool EstimateTuning { get; init; }

    /// <summary>Whether the root-mean-square level of each frame is among the features.</summary>
    public bool Rms { get; init; }

    /// <summary>Whether the zero-crossing rate of each frame is among the features.</summary>
    public bool Zcr { get; init; }

    /// <summary>Whether the spectral centroid of each frame is among the features.</summary>
    public bool Centroid { get; init; }

    /// <summary>Whether the pitch of the voice and how voiced each frame is are among the features. The path of the pitch is chosen over the whole clip.</summary>
    public bool Pitch { get; init; }

    /// <summary>Decibels below the clip's loudest value at which log-mel values are cut, as librosa's <c>top_db</c> 80; 0: no cut, which a stream can do.</summary>
    public double TopDb { get; init; }

    /// <summary>Cuts both ends of a clip where it is this many decibels below its loudest frame, so that silence around the speech teaches nothing; 0: no cut.</summary>
    public double TrimDb { get; init; } = 35;

    /// <summary>Seconds kept on both sides of what <see cref="TrimDb"/> found.</summary>
    public double TrimMargin { get; init; } = 0.1;

    /// <summary>What each feature is shifted and scaled by before the network.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Utterance;

    /// <summary>
    /// The same settings without what needs the whole clip: <see cref="TopDb"/>, <see cref="EstimateTuning"/>, <see cref="TrimDb"/> and <see cref="Pitch"/>, the best path through all frames, are off.
    /// Derivatives over time stay: a stream gives their frames four frames later. <see cref="Normalisation.Utterance"/> is
    /// applied to a clip's features afterwards and does not change them.
    /// </summary>
    public FeatureSettings ForStream() => this with { TopDb = 0, EstimateTuning = false, TrimDb = 0, Pitch = false };

    /// <summary>How long so many frames last, in seconds.</summary>
    internal double ToSeconds(int frames) => (double)frames * HopLength / SampleRate;
}

/// <summary>Which statistics bring features to mean 0 and deviation 1.</summary>
public enum Normalisation
{
    /// <summary>None: features as they are.</summary>
    None,
    /// <summary>Mean and deviation of each feature over the training part, stored in the checkpoint.</summary>
    Corpus,
    /// <summary>Mean and deviation of each feature over the utterance itself.</summary>
    Utterance,
    /// <summary>Those of the training part, moved towards the voice's own mean as far as the voice is known.</summary>
    Speaker,
}
