namespace SpeechEmotion.Features;

/// <summary>What a row of features is.</summary>
public enum FeatureKind
{
    /// <summary>Log-mel power in dB, one row a band (librosa's <c>power_to_db(melspectrogram)</c>).</summary>
    Mel,
    /// <summary>Mel-frequency cepstral coefficient (<c>librosa.feature.mfcc</c>).</summary>
    Mfcc,
    /// <summary>Slope of a coefficient per frame (<c>librosa.feature.delta</c>).</summary>
    Delta,
    /// <summary>Second derivative of a coefficient per frame (<c>librosa.feature.delta</c>, order 2).</summary>
    DeltaDelta,
    /// <summary>Pitch class, from C upwards, 0 to 1 (<c>librosa.feature.chroma_stft</c>).</summary>
    Chroma,
    /// <summary>Root-mean-square level of the samples (<c>librosa.feature.rms</c>).</summary>
    Rms,
    /// <summary>Share of neighbouring samples that differ in sign (<c>librosa.feature.zero_crossing_rate</c>).</summary>
    Zcr,
    /// <summary>Spectral centroid in Hz (<c>librosa.feature.spectral_centroid</c>).</summary>
    Centroid,
    /// <summary>Fundamental frequency in semitones above 100 Hz, a smooth path that goes on through voiceless frames; then how periodic the frame is there, 0 to 1.</summary>
    Pitch,
}
