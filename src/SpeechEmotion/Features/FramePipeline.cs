using System.Runtime.CompilerServices;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// Computes all features of a clip in blocks of frames, one frame per lane: samples → power → mel → dB → MFCC, power → chroma.
/// Tables that depend on the settings alone are computed once and shared by all threads; each thread needs a workspace of its own.
/// </summary>
internal sealed unsafe class FramePipeline
{
    /// <summary>Frames per section whose samples are arranged together; a multiple of each number of lanes.</summary>
    private const int SectionFrames = 64;

    private const int MaxLanes = 16;

    private readonly FeatureSettings settings;
    private readonly FeatureLayout layout;
    private readonly FrameColumns columns;
    private readonly PowerSpectrum? spectrum;
    private readonly PowerSpectrum? chromaSpectrum;
    private readonly MelFilters? mel;
    private readonly float floor;
    private readonly CosineTransform? cepstrum;
    private readonly FrameLevel? level;
    private readonly TuningEstimator? tuning;
    private readonly PitchSalience? pitch;
    private readonly ChromaFilters?[] chromaOfStep = new ChromaFilters?[TuningEstimator.Steps];

    public FramePipeline(FeatureSettings settings, FeatureLayout layout)
    {
        this.settings = settings;
        this.layout = layout;
        bool needsMel = settings.Mel || settings.Mfcc > 0;
        bool sharedSpectrum = settings.Chroma > 0 && settings.ChromaFftLength == settings.FftLength;
        int longest = settings.Chroma > 0 ? Math.Max(settings.FftLength, settings.ChromaFftLength) : settings.FftLength;
        if (settings.Pitch)
            longest = Math.Max(longest, PitchSalience.FftLength(settings.SampleRate));
        columns = new FrameColumns(settings.HopLength, longest, SectionFrames);
        if (needsMel || settings.Centroid || sharedSpectrum)
            spectrum = new PowerSpectrum(settings.FftLength, HannWindow.Centred(settings.FrameLength, settings.FftLength), columns);
        if (needsMel)
            mel = new MelFilters(settings.SampleRate, settings.FftLength, settings.MelBands, settings.MelLow,
                settings.MelHigh > 0 ? settings.MelHigh : settings.SampleRate / 2.0);
        if (needsMel)
            floor = Decibels.FloorPower(settings);
        if (settings.Mfcc > 0)
            cepstrum = new CosineTransform(settings.Mfcc, settings.MelBands);
        if (settings.Pitch)
            pitch = new PitchSalience(settings.SampleRate, columns);
        if (settings.Rms)
            level = new FrameLevel(settings.FftLength, columns);
        if (settings.Chroma > 0)
        {
            chromaSpectrum = sharedSpectrum
                ? spectrum
                : new PowerSpectrum(
                    settings.ChromaFftLength, HannWindow.Centred(settings.ChromaFftLength, settings.ChromaFftLength), columns);
            if (settings.EstimateTuning)
                tuning = new TuningEstimator(settings.SampleRate, settings.ChromaFftLength, settings.Chroma);
            else
                ChromaOf(TuningEstimator.Steps / 2);
        }
    }

    public FeatureWorkspace NewWorkspace()
    {
        int longest = Math.Max(pitch?.Spectrum.Length ?? 0, Math.Max(spectrum?.Length ?? 0, chromaSpectrum?.Length ?? 0));
        int chromaRows = Math.Max(settings.Chroma + MaxLanes, pitch is null ? 0 : PitchSalience.Padded);
        return new FeatureWorkspace(columns.EdgeLength, columns.TableLength, MaxLanes * longest, MaxLanes * (longest / 2 + 1),
            MaxLanes * settings.MelBands, MaxLanes * (cepstrum?.PaddedOutputs ?? 0), MaxLanes * chromaRows);
    }

    /// <summary>Number of samples on each side of its centre on which a frame depends, at most.</summary>
    public int Reach => columns.Reach;

    /// <summary>Number of frames of a clip: one centred on every <see cref="FeatureSettings.HopLength"/>th sample.</summary>
    public int Frames(int samples) => 1 + samples / settings.HopLength;

    /// <summary>Computes all rows except derivatives over time, which <see cref="Derive"/> computes from complete rows.</summary>
    /// <param name="samples">The clip, or the section of a stream on which the frames depend.</param>
    /// <param name="first">Number of the first frame to compute, centred on sample first·hop; 0 if a setting needs the whole clip.</param>
    /// <param name="frames">Number of frames to compute.</param>
    /// <param name="workspace">Buffers.</param>
    /// <param name="result">Result: [rows, frames].</param>
    public void Run<T>(ReadOnlySpan<float> samples, int first, int frames, FeatureWorkspace workspace, Span<float> result)
        where T : unmanaged, ILanes<T>
    {
        ChromaFilters? chroma = chromaSpectrum is null ? null : ChromaOf(TuningStep<T>(samples, workspace, frames));
        bool limited = mel is not null && settings.TopDb > 0;
        int melBlock = limited ? mel!.Bands * T.Count : 0;
        if (limited)
            workspace.NeedClipMel(checked((frames + T.Count - 1) / T.Count * melBlock));

        if (pitch is not null)
            workspace.NeedSalience(checked(frames * PitchSalience.Count));
        fixed (float* rows = result)
        {
            float* table = workspace.Table.Pointer;
            float* power = workspace.Power.Pointer;
            for (int section = 0; section < frames; section += SectionFrames)
            {
                columns.Fill(samples, first + section, Filled(frames - section), workspace.Edge.Pointer, table);
                for (int at = 0; at < SectionFrames && section + at < frames; at += T.Count)
                {
                    int frame = section + at;
                    Target target = new(rows + frame, frames, Math.Min(T.Count, frames - frame));
                    spectrum?.Compute<T>(table + at, workspace.Transform.Pointer, power);
                    if (mel is not null)
                    {
                        float* values = limited ? workspace.ClipMel.Pointer + frame / T.Count * melBlock : workspace.Mel.Pointer;
                        mel.Apply<T>(power, values);
                        Decibels.FromPower<T>(values, mel.Bands, floor);
                        if (!limited)
                            FinishMel<T>(values, workspace, target);
                    }
                    if (layout.First(FeatureKind.Centroid) is { } centroidRow)
                    {
                        float hertzPerBin = (float)settings.SampleRate / settings.FftLength;
                        SpectralCentroid.Apply<T>(power, spectrum!.Bins, hertzPerBin, workspace.Chroma.Pointer);
                        target.Put<T>(workspace.Chroma.Pointer, centroidRow, 1);
                    }
                    if (level is not null)
                    {
                        level.Apply<T>(table + at, workspace.Chroma.Pointer);
                        target.Put<T>(workspace.Chroma.Pointer, layout.First(FeatureKind.Rms)!.Value, 1);
                    }
                    if (chroma is not null)
                    {
                        if (chromaSpectrum != spectrum)
                            chromaSpectrum!.Compute<T>(table + at, workspace.Transform.Pointer, power);
                        chroma.Apply<T>(power, workspace.Chroma.Pointer);
                        target.Put<T>(workspace.Chroma.Pointer, layout.First(FeatureKind.Chroma)!.Value, chroma.Classes);
                    }
                    if (pitch is not null)
                    {
                        pitch.Spectrum.Compute<T>(table + at, workspace.Transform.Pointer, power);
                        pitch.Apply<T>(power, workspace.Chroma.Pointer);
                        for (int lane = 0; lane < Math.Min(T.Count, frames - frame); lane++)
                            for (int candidate = 0; candidate < PitchSalience.Count; candidate++)
                                workspace.Salience[((frame + lane) * PitchSalience.Count) + candidate] =
                                    workspace.Chroma.Pointer[(candidate * T.Count) + lane];
                    }
                }
            }
            if (limited)
                FinishLimitedMel<T>(workspace, rows, frames);
        }
        if (layout.First(FeatureKind.Pitch) is { } pitchRow)
        {
            Span<float> pitchValues = result.Slice(pitchRow * frames, frames), voicing = result.Slice((pitchRow + 1) * frames, frames);
            PitchPath.Find(workspace.Salience.AsSpan(0, frames * PitchSalience.Count), pitchValues, voicing);
        }
        if (layout.First(FeatureKind.Zcr) is { } zcrRow)
        {
            int words = ZeroCrossings.Words(samples.Length);
            workspace.NeedCrossings(words);
            Span<float> rates = result.Slice(zcrRow * frames, frames);
            ZeroCrossings.Rates(samples, settings.FftLength, settings.HopLength, first, workspace.Crossings.AsSpan(0, words), rates);
        }
    }

    /// <summary>Computes the derivatives over time of a complete clip, in place: [rows, frames].</summary>
    public void Derive(Span<float> result, int frames)
    {
        foreach ((int from, int to, int order) in layout.Derivatives)
            Derivatives.Fit(result.Slice(from * frames, frames), result.Slice(to * frames, frames), order);
    }

    // Writes mel rows and MFCC rows of one block of log-mel values.
    private void FinishMel<T>(float* values, FeatureWorkspace workspace, Target target) where T : unmanaged, ILanes<T>
    {
        if (settings.Mel)
            target.Put<T>(values, layout.First(FeatureKind.Mel)!.Value, mel!.Bands);
        if (cepstrum is not null)
        {
            cepstrum.Apply<T>(values, workspace.Cepstrum.Pointer);
            target.Put<T>(workspace.Cepstrum.Pointer, layout.First(FeatureKind.Mfcc)!.Value, cepstrum.Outputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishLimitedMel<T>(FeatureWorkspace workspace, float* rows, int frames) where T : unmanaged, ILanes<T>
    {
        // Lanes after the last frame do not belong to the clip and are left out of the maximum.
        int complete = frames / T.Count * T.Count;
        T largest = T.All(float.NegativeInfinity);
        for (int i = 0; i < complete * mel!.Bands; i += T.Count)
            largest = T.Max(largest, T.Load(workspace.ClipMel.Pointer + i));
        largest.Store(workspace.Chroma.Pointer);
        float loudest = float.NegativeInfinity;
        for (int lane = 0; lane < T.Count; lane++)
            loudest = Math.Max(loudest, workspace.Chroma.Pointer[lane]);
        for (int band = 0; band < mel.Bands; band++)
            for (int lane = 0; lane < frames - complete; lane++)
                loudest = Math.Max(loudest, workspace.ClipMel.Pointer[complete * mel.Bands + band * T.Count + lane]);
        T floor = T.All(loudest - (float)settings.TopDb);
        for (int frame = 0; frame < frames; frame += T.Count)
        {
            float* values = workspace.ClipMel.Pointer + (long)frame * mel.Bands;
            for (int band = 0; band < mel.Bands; band++)
                T.Max(T.Load(values + band * T.Count), floor).Store(values + band * T.Count);
            FinishMel<T>(values, workspace, new Target(rows + frame, frames, Math.Min(T.Count, frames - frame)));
        }
    }

    // Number of frames to arrange: whole blocks, because the spare lanes of the last block are computed as well.
    private static int Filled(int left) => Math.Min(SectionFrames, (left + MaxLanes - 1) / MaxLanes * MaxLanes);

    private int TuningStep<T>(ReadOnlySpan<float> samples, FeatureWorkspace workspace, int frames) where T : unmanaged, ILanes<T>
    {
        if (tuning is null)
            return TuningEstimator.Steps / 2;
        // The filters depend on the peaks of all frames. Spectra are computed here and again later, so that memory stays small.
        for (int section = 0; section < frames; section += SectionFrames)
        {
            columns.Fill(samples, section, Filled(frames - section), workspace.Edge.Pointer, workspace.Table.Pointer);
            for (int at = 0; at < SectionFrames && section + at < frames; at += T.Count)
            {
                chromaSpectrum!.Compute<T>(workspace.Table.Pointer + at, workspace.Transform.Pointer, workspace.Power.Pointer);
                tuning.Collect<T>(workspace.Power.Pointer, Math.Min(T.Count, frames - section - at), workspace.Peaks);
            }
        }
        return tuning.Estimate(workspace.Peaks);
    }

    // Two threads can compute the same filters at once; the results are equal.
    private ChromaFilters ChromaOf(int step) =>
        Volatile.Read(ref chromaOfStep[step]) ?? (chromaOfStep[step] =
            new ChromaFilters(settings.SampleRate, settings.ChromaFftLength, settings.Chroma, TuningEstimator.Deviation(step)));

    /// <summary>Position of a block of frames in the result.</summary>
    private readonly struct Target(float* column, int stride, int frames)
    {
        public void Put<T>(float* values, int firstRow, int rows) where T : unmanaged, ILanes<T>
        {
            float* target = column + (long)firstRow * stride;
            for (int row = 0; row < rows; row++, values += T.Count, target += stride)
            {
                if (frames == T.Count)
                    T.Load(values).Store(target);
                else
                    new ReadOnlySpan<float>(values, frames).CopyTo(new Span<float>(target, frames));
            }
        }
    }
}
