namespace SpeechEmotion.Features;

/// <summary>Kinds of features (rows of a feature matrix).</summary>
public enum FeatureKind
{
    /// <summary>Log-mel power in dB, one row per band (<c>librosa.power_to_db(melspectrogram)</c>).</summary>
    Mel,
    /// <summary>Mel-frequency cepstral coefficient (<c>librosa.feature.mfcc</c>).</summary>
    Mfcc,
    /// <summary>First derivative of an MFCC, per frame (<c>librosa.feature.delta</c>).</summary>
    Delta,
    /// <summary>Second derivative of an MFCC, per frame² (<c>librosa.feature.delta</c>, order 2).</summary>
    DeltaDelta,
    /// <summary>Energy of a pitch class, from C upwards, 0 to 1 (<c>librosa.feature.chroma_stft</c>).</summary>
    Chroma,
    /// <summary>Root-mean-square level of the samples (<c>librosa.feature.rms</c>).</summary>
    Rms,
    /// <summary>Zero-crossing rate: share of successive samples that differ in sign (<c>librosa.feature.zero_crossing_rate</c>).</summary>
    Zcr,
    /// <summary>Spectral centroid in Hz (<c>librosa.feature.spectral_centroid</c>).</summary>
    Centroid,
    /// <summary>
    /// Two rows: the fundamental frequency in semitones above 100 Hz, a smooth path that continues through unvoiced frames; and the
    /// voicing at this frequency, 0 to 1.
    /// </summary>
    Pitch,
}
