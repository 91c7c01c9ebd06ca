using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// Computes features from samples, for training, evaluation and live use. Definitions are those of librosa 0.11 (see
/// <see cref="FeatureKind"/>). Thread-safe. The bits of a result do not depend on the thread, on the vector width of the processor or on
/// the position of a frame in the clip.
/// </summary>
/// <remarks>
/// Differences from librosa: mel rows are in dB, and their dynamic range (and that of the MFCC) is limited only if
/// <see cref="FeatureSettings.TopDb"/> is set. If <see cref="FeatureSettings.ChromaFftLength"/> equals
/// <see cref="FeatureSettings.FftLength"/>, chroma uses that spectrum with its window of <see cref="FeatureSettings.FrameLength"/>;
/// otherwise its window is as long as its FFT. The tuning is 0 unless <see cref="FeatureSettings.EstimateTuning"/> is set. Derivatives
/// of clips of fewer than nine frames are defined. RMS and zero-crossing rate are computed over frames of
/// <see cref="FeatureSettings.FftLength"/>. Spectra are in single precision: rounding noise is about 140 dB below the loudest component
/// of a frame. <see cref="NewStream"/> computes the same frames from chunks of samples.
/// </remarks>
public sealed class FeatureExtractor
{
    private readonly FeatureLayout layout;
    private readonly FramePipeline pipeline;
    private readonly int lanes;
    private readonly ConcurrentBag<FeatureWorkspace> workspaces = [];

    /// <summary>Computes windows, FFT tables and filters for the settings.</summary>
    /// <exception cref="ArgumentException">A setting is out of range; the message states its name, its value and the rule.</exception>
    public FeatureExtractor(FeatureSettings settings) : this(settings, WidestLanes())
    {
    }

    /// <summary>As above, with a given number of frames per vector: 4, 8 or 16.</summary>
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

    /// <summary>Settings of the extractor.</summary>
    public FeatureSettings Settings { get; }

    /// <summary>
    /// Name of each row: <c>mel0</c>…, <c>mfcc0</c>…, <c>mfcc0.delta</c>…, <c>mfcc0.delta2</c>…, <c>chroma0</c> (C)…, <c>rms</c>,
    /// <c>zcr</c>, <c>centroid</c>, <c>pitch</c>, <c>voicing</c>.
    /// </summary>
    public IReadOnlyList<string> Names => layout.Names;

    /// <summary>Number of features (rows).</summary>
    public int Count => layout.Count;

    /// <summary>Rows by kind, in order.</summary>
    public IReadOnlyList<FeatureBlock> Blocks => layout.Blocks;

    /// <summary>
    /// Computes the features of a clip at <see cref="FeatureSettings.SampleRate"/>: [<see cref="Count"/>,
    /// 1 + samples / <see cref="FeatureSettings.HopLength"/>]. With <see cref="FeatureSettings.TrimDb"/> the clip is trimmed first.
    /// Frame t is centred on sample t·hop, and samples outside the clip are 0.
    /// </summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public FeatureMatrix Extract(ReadOnlySpan<float> samples) => Extract(samples, isFiltered: false);

    /// <summary>As <see cref="Extract(System.ReadOnlySpan{float})"/>.</summary>
    /// <param name="samples">The clip.</param>
    /// <param name="isFiltered">Whether the samples have been through the high-pass filter already, as those of a stream have.</param>
    internal FeatureMatrix Extract(ReadOnlySpan<float> samples, bool isFiltered)
    {
        if (samples.IsEmpty)
            throw new ArgumentException("0 samples: features need at least 1", nameof(samples));
        bool filters = Settings.HighPassHz > 0 && !isFiltered;
        if (!filters && Settings.LevelDb == 0)
            return Compute(Trim(samples));
        float[] rented = ArrayPool<float>.Shared.Rent(samples.Length);
        try
        {
            Span<float> changed = rented.AsSpan(0, samples.Length);
            if (filters)
                new HighPassFilter(Settings.HighPassHz, Settings.SampleRate).Apply(samples, changed);
            else
                samples.CopyTo(changed);
            changed = changed[Bounds(changed)];
            BringToLevel(changed);
            return Compute(changed);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private ReadOnlySpan<float> Trim(ReadOnlySpan<float> samples) => samples[Bounds(samples)];

    private Range Bounds(ReadOnlySpan<float> samples) => Settings.TrimDb > 0 ? SpeechBounds.Find(samples, Settings) : Range.All;

    private void BringToLevel(Span<float> samples)
    {
        double power = Settings.LevelDb == 0 ? 0 : SpeechLevel.Measure(samples, Settings);
        if (power > 0)
        {
            float gain = (float)Math.Sqrt(Math.Pow(10, Settings.LevelDb / 10) / power);
            foreach (ref float sample in samples)
                sample *= gain;
        }
    }

    private FeatureMatrix Compute(ReadOnlySpan<float> samples)
    {
        int frames = pipeline.Frames(samples.Length);
        float[] result = GC.AllocateUninitializedArray<float>(checked(Count * frames));
        FeatureWorkspace workspace = workspaces.TryTake(out FeatureWorkspace? free) ? free : pipeline.NewWorkspace();
        Compute(samples, 0, frames, workspace, result);
        pipeline.Derive(result, frames);
        workspaces.Add(workspace);
        return new FeatureMatrix(result, Count, frames);
    }

    /// <summary>
    /// Computes the features of many clips as <see cref="Extract(ReadOnlySpan{float})"/> does, in the order of the clips.
    /// </summary>
    /// <param name="clips">Samples of each clip at <see cref="FeatureSettings.SampleRate"/>.</param>
    /// <param name="threads">Number of clips processed in parallel, at least 1.</param>
    /// <param name="cancellation">Stops before the next clip.</param>
    /// <exception cref="ArgumentException">A clip has no samples; the message states its index.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
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

    /// <summary>
    /// Creates an extractor for a stream of samples at <see cref="FeatureSettings.SampleRate"/>, which returns each frame as soon as
    /// possible.
    /// </summary>
    /// <exception cref="ArgumentException">A setting needs the whole clip; see <see cref="FeatureSettings.ForStream"/>.</exception>
    public StreamExtractor NewStream() => new(this);

    /// <summary>Number of samples on each side of its centre on which a frame depends, at most.</summary>
    internal int Reach => pipeline.Reach;

    /// <summary>Rows that are derivatives over time.</summary>
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
        GC.KeepAlive(this); // owns the tables that the pipeline reads through pointers
    }

    private static int WidestLanes() =>
        Vector512.IsHardwareAccelerated ? Lanes512.Count : Vector256.IsHardwareAccelerated ? Lanes256.Count : Lanes128.Count;
}
