namespace SpeechEmotion.Settings;

/// <summary>
/// The features: one column per frame. Definitions follow librosa 0.11 (periodic Hann window, centred frames with zero padding,
/// Slaney mel scale and norm, orthonormal DCT-II).
/// </summary>
public sealed record FeatureSettings
{
    /// <summary>Longest <see cref="HopLength"/> in samples: the length of the longest FFT.</summary>
    internal const int MaxHopLength = 1 << 16;

    /// <summary>Sample rate in Hz to which every recording is resampled, 1000 to 192000.</summary>
    public int SampleRate { get; init; } = 16000;

    /// <summary>Frame length in samples, 2 to <see cref="FftLength"/> (400: 25 ms at 16 kHz).</summary>
    public int FrameLength { get; init; } = 400;

    /// <summary>Hop in samples: the distance between the centres of successive frames, 1 to 65536 (160: 10 ms at 16 kHz).</summary>
    public int HopLength { get; init; } = 160;

    /// <summary>
    /// FFT length in samples of mel bands, MFCC and centroid: a power of two from 32 to 65536, at least <see cref="FrameLength"/>.
    /// RMS and zero-crossing rate are computed over as many samples.
    /// </summary>
    public int FftLength { get; init; } = 512;

    /// <summary>Whether the log-mel spectrogram is among the features, in dB.</summary>
    public bool Mel { get; init; } = true;

    /// <summary>Number of mel bands, 1 to 512: of the log-mel spectrogram and of the spectrum from which MFCC are computed.</summary>
    public int MelBands { get; init; } = 64;

    /// <summary>Lower edge of the lowest mel band in Hz, from 0 to below half the sample rate.</summary>
    public double MelLow { get; init; } = 50;

    /// <summary>Upper edge of the highest mel band in Hz, above <see cref="MelLow"/>; 0: half the sample rate.</summary>
    public double MelHigh { get; init; }

    /// <summary>Number of MFCC, 0 to <see cref="MelBands"/>; 0: none.</summary>
    public int Mfcc { get; init; } = 40;

    /// <summary>
    /// Time derivatives of the MFCC: 0: none, 1: deltas, 2: deltas and delta-deltas (Savitzky–Golay filter over 9 frames, as
    /// <c>librosa.feature.delta</c>).
    /// </summary>
    public int Deltas { get; init; }

    /// <summary>Number of chroma classes per octave, 2 to 128; 0: none.</summary>
    public int Chroma { get; init; } = 12;

    /// <summary>
    /// FFT length in samples of chroma, which is also the length of its window: a power of two from 32 to 65536. Pitch classes need
    /// a longer FFT than mel bands: 512 samples resolve little below 500 Hz.
    /// </summary>
    public int ChromaFftLength { get; init; } = 2048;

    /// <summary>
    /// Whether the tuning of chroma is estimated over the whole clip, as librosa does by default. Otherwise the tuning is 0
    /// (A = 440 Hz), which needs no whole clip and is therefore possible on a stream.
    /// </summary>
    public bool EstimateTuning { get; init; }

    /// <summary>Whether the root-mean-square level of each frame is among the features.</summary>
    public bool Rms { get; init; }

    /// <summary>Whether the zero-crossing rate of each frame is among the features.</summary>
    public bool Zcr { get; init; }

    /// <summary>Whether the spectral centroid of each frame is among the features, in Hz.</summary>
    public bool Centroid { get; init; }

    /// <summary>
    /// Whether pitch (semitones above 100 Hz) and voicing (0 to 1) of each frame are among the features. The pitch is the best path
    /// through the candidates of all frames (Talkin 1995) and needs the whole clip.
    /// </summary>
    public bool Pitch { get; init; }

    /// <summary>
    /// Dynamic range of the log-mel values in dB: values further below the maximum of the clip are raised to this limit (80 is
    /// librosa's default of <c>top_db</c>); 0: no limit, which needs no whole clip and is therefore possible on a stream.
    /// </summary>
    public double TopDb { get; init; }

    /// <summary>
    /// Cut-off of a high-pass filter in Hz, from 0 to below half the sample rate, through which all sound goes before anything is measured
    /// on it: a constant offset and rumble reach neither trimming nor voice activity detection nor features; 0: no filter.
    /// </summary>
    [WhenAbsent(0.0)]
    public double HighPassHz { get; init; }

    /// <summary>
    /// Active speech level in dB relative to full scale, −60 to below 0, to which every clip is brought, after it is trimmed: the level of
    /// a microphone is then none of the features; 0: the level stays. It needs the whole clip.
    /// </summary>
    [WhenAbsent(0.0)]
    public double LevelDb { get; init; }

    /// <summary>
    /// Level in dB relative to full scale, −120 to below 0, of a white noise whose power is added in every mel band: the noise floors of
    /// rooms, codecs and lines below it differ no more, and a band without sound is as any quiet one; 0: none. With
    /// <see cref="LevelDb"/> it is as far below all speech.
    /// </summary>
    [WhenAbsent(0.0)]
    public double FloorDb { get; init; }

    /// <summary>
    /// Removes both ends of a clip as far as they are more than this many dB below its loudest frame, because silence around the
    /// speech holds no emotion; 0: nothing is removed.
    /// </summary>
    public double TrimDb { get; init; } = 35;

    /// <summary>Seconds that are kept on both sides of the speech that <see cref="TrimDb"/> finds, at least 0.</summary>
    public double TrimMargin { get; init; } = 0.1;

    /// <summary>Source of the mean and standard deviation by which each feature is normalised.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.Utterance;

    /// <summary>
    /// The same settings without those that need the whole clip: <see cref="TopDb"/>, <see cref="EstimateTuning"/>,
    /// <see cref="LevelDb"/>, <see cref="TrimDb"/> and <see cref="Pitch"/> are off. Time derivatives stay: a stream returns their frames
    /// four frames later.
    /// <see cref="Normalisation.Utterance"/> stays as well: it is applied to the features of a clip afterwards.
    /// </summary>
    public FeatureSettings ForStream() => this with { TopDb = 0, EstimateTuning = false, LevelDb = 0, TrimDb = 0, Pitch = false };

    /// <summary>Duration of a number of frames in seconds.</summary>
    internal double ToSeconds(int frames) => (double)frames * HopLength / SampleRate;
}

/// <summary>Statistics by which features are normalised to mean 0 and standard deviation 1 (CMVN).</summary>
public enum Normalisation
{
    /// <summary>No normalisation.</summary>
    None,
    /// <summary>Mean and standard deviation of each feature over the training part, stored in the checkpoint.</summary>
    Corpus,
    /// <summary>Mean and standard deviation of each feature over the utterance itself.</summary>
    Utterance,
    /// <summary>
    /// As <see cref="Corpus"/>, with the mean moved towards the speaker's own as more of the speaker is enrolled (speaker-adaptive
    /// CMVN).
    /// </summary>
    Speaker,
}
