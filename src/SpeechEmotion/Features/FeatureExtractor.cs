using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// Samples → features, for training, evaluation and live alike. Definitions are librosa 0.11's (see <see cref="FeatureKind"/>).
/// One extractor serves any number of threads at once; results are the same to the last bit whatever the thread, the vector
/// width of the processor and a frame's place in the clip.
/// </summary>
/// <remarks>
/// Differences from librosa's calls: mel rows are in dB, cut only if <see cref="FeatureSettings.TopDb"/> is set (as the
/// coefficients made of them); chroma with <see cref="FeatureSettings.ChromaFftLength"/> equal to
/// <see cref="FeatureSettings.FftLength"/> shares that spectrum and its window of <see cref="FeatureSettings.FrameLength"/>, any other
/// length has a window as long as its FFT; tuning is 0 unless <see cref="FeatureSettings.EstimateTuning"/> is set; derivatives of
/// clips below nine frames are defined. <see cref="NewStream"/> gives the same frames of samples that arrive in pieces. RMS and zero-crossing rate count frames of <see cref="FeatureSettings.FftLength"/>.
/// Spectra are in single precision: rounding noise lies about 140 dB below a frame's loudest component.
/// </remarks>
public sealed class FeatureExtractor
{

    private readonly FeatureLayout layout;
    private readonly FramePipeline pipeline;
    private readonly int lanes;
    private readonly ConcurrentBag<FeatureWorkspace> workspaces = [];

    /// <summary>Prepares windows, FFT tables and filters for the settings.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names it, its value and the rule.</exception>
    public FeatureExtractor(FeatureSettings settings) : this(settings, WidestLanes())
    {
    }

    /// <summary>The same with a given number of frames worked on at once: 4, 8 or 16.</summary>
    internal FeatureExtractor(FeatureSettings settings, int lanes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (SettingsRules.FaultsOf(settings) is [string fault, ..])
            throw new ArgumentException(fault, nameof(settings));
        Settings = settings;
        this.lanes = lanes;
        layout = new FeatureLayout(settings);
        pipeline = new FramePipeline(settings, layout);
    }

    /// <summary>What the extractor was made for.</summary>
    public FeatureSettings Settings { get; }

    /// <summary>One name a row: <c>mel0</c>…, <c>mfcc0</c>…, <c>mfcc0.delta</c>…, <c>mfcc0.delta2</c>…, <c>chroma0</c> (C)…, <c>rms</c>, <c>zcr</c>, <c>centroid</c>, <c>pitch</c>, <c>voicing</c>.</summary>
    public IReadOnlyList<string> Names => layout.Names;

    /// <summary>Number of rows.</summary>
    public int Count => layout.Count;

    /// <summary>The rows by kind, in order.</summary>
    public IReadOnlyList<FeatureBlock> Blocks => layout.Blocks;

    /// <summary>
    /// Features of a clip at <see cref="FeatureSettings.SampleRate"/>, cut at both ends first if <see cref="FeatureSettings.TrimDb"/> says so:
    /// [<see cref="Count"/>, 1 + samples / <see cref="FeatureSettings.HopLength"/>]. Frame t is centred on sample t·hop; zeros stand outside the clip.
    /// </summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public FeatureMatrix Extract(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("0 samples: features need at least 1", nameof(samples));
        if (Settings.TrimDb > 0)
            samples = samples[SpeechBounds.Find(samples, Settings)];

        int frames = pipeline.Frames(samples.Length);
        float[] result = GC.AllocateUninitializedArray<float>(checked(Count * frames));
        FeatureWorkspace workspace = workspaces.TryTake(out FeatureWorkspace? free) ? free : pipeline.NewWorkspace();
        Compute(samples, 0, frames, workspace, result);
        pipeline.Derive(result, frames);
        workspaces.Add(workspace);
        return new FeatureMatrix(result, Count, frames);
    }

    /// <summary>Features of many clips, each as <see cref="Extract"/> gives them, in their order.</summary>
    /// <param name="clips">Samples of each clip at <see cref="FeatureSettings.SampleRate"/>.</param>
    /// <param name="threads">How many clips are worked on at once, at least 1.</param>
    /// <param name="cancellation">Stops between two clips.</param>
    /// <exception cref="ArgumentException">A clip has no samples; the message says which.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public FeatureMatrix[] ExtractAll(IReadOnlyList<ReadOnlyMemory<float>> clips, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        for (int i = 0; i < clips.Count; i++)
            if (clips[i].IsEmpty)
                throw new ArgumentException($"clip {i} has 0 samples: features need at least 1", nameof(clips));
        FeatureMatrix[] features = new FeatureMatrix[clips.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, clips.Count, options, i => features[i] = Extract(clips[i].Span));
        return features;
    }

    /// <summary>A stream of samples at <see cref="FeatureSettings.SampleRate"/>, whose frames come as soon as their samples are there.</summary>
    /// <exception cref="ArgumentException">A setting looks at the whole clip; see <see cref="FeatureSettings.ForStream"/>.</exception>
    public StreamExtractor NewStream() => new(this);

    /// <summary>Samples that a frame looks at on each side of its centre, at most.</summary>
    internal int Reach => pipeline.Reach;

    /// <summary>The rows that are derivatives over time.</summary>
    internal IEnumerable<(int From, int To, int Order)> Derivatives => layout.Derivatives;

    internal FeatureWorkspace NewWorkspace() => pipeline.NewWorkspace();

    /// <summary>See <see cref="FramePipeline.Run"/>.</summary>
    internal void Compute(ReadOnlySpan<float> samples, int first, int frames, FeatureWorkspace workspace, Span<float> result)
    {
        switch (lanes)
        {
            case 16:
                pipeline.Run<Lanes512>(samples, first, frames, workspace, result);
                break;
            case 8:
                pipeline.Run<Lanes256>(samples, first, frames, workspace, result);
                break;
            default:
                pipeline.Run<Lanes128>(samples, first, frames, workspace, result);
                break;
        }
        workspace.Shrink();
        GC.KeepAlive(this); // owns the tables that the pipeline read through pointers
    }

    private static int WidestLanes() =>
        Vector512.IsHardwareAccelerated ? Lanes512.Count : Vector256.IsHardwareAccelerated ? Lanes256.Count : Lanes128.Count;
}
