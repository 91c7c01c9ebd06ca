using System.Runtime.InteropServices;
using System.Text.Json;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Features;

/// <summary>
/// Features computed by librosa 0.11.0: a folder with index.json, inputs <c>signal.wave.f32</c> and one .f32 file a feature.
/// </summary>
internal static class GoldenFeatures
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The synthetic signals that stand in the repository.</summary>
    public static string Folder =>
        Path.Combine(Support.SharedData.ProjectRoot()!, "tests", "SpeechEmotion.Tests", "Features", "Golden");

    public static Entry[] Read(string folder) =>
        JsonSerializer.Deserialize<Entry[]>(File.ReadAllText(Path.Combine(folder, "index.json")), Names)!;

    public static float[] Floats(string folder, string file) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, file))).ToArray();

    /// <summary>One feature of one signal in one configuration.</summary>
    public sealed record Entry(
        string File, string Signal, int SampleRate, string Config, string Feature, int[] Shape,
        double? Tuning, int NFft, int WinLength, int HopLength, int NMels, int NMfcc)
    {
        /// <summary>The settings that mean the same.</summary>
        public FeatureSettings Settings => new()
        {
            SampleRate = SampleRate,
            FrameLength = WinLength,
            HopLength = HopLength,
            FftLength = NFft,
            ChromaFftLength = NFft,
            MelBands = NMels,
            MelLow = 0,
            Mfcc = NMfcc,
            Chroma = 12,
            EstimateTuning = Feature == "chroma-tuned",
            Rms = true,
            Zcr = true,
            Centroid = true,
            TopDb = Feature == "mfcc" ? 80 : 0,
            TrimDb = 0,
        };
    }
}
