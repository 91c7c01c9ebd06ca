using System.Runtime.CompilerServices;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// All features of a clip, a block of frames at a time, one frame a lane: samples → power → mel → dB → MFCC, power → chroma.
/// Everything that depends on the settings alone is computed once; a clip needs a workspace, nothing else is shared.
/// </summary>
internal sealed unsafe class FramePipeline
{
    /// <summary>Frames whose samples are laid out together; a multiple of every number of lanes.</summary>
    private const int Stretch = 64;

    private const int MaxLanes = 16;

    private readonly FeatureSettings settings;
    private readonly FeatureLayout layout;
    private readonly FrameColumns columns;
    private readonly PowerSpectrum? spectrum;
    private readonly PowerSpectrum? chromaSpectrum;
    private readonly MelFilters? mel;
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
        columns = new FrameColumns(settings.HopLength, longest, Stretch);
        if (needsMel || settings.Centroid || sharedSpectrum)
            spectrum = new PowerSpectrum(settings.FftLength, HannWindow.Centred(settings.FrameLength, settings.FftLength), columns);
        if (needsMel)
            mel = new MelFilters(settings.SampleRate, settings.FftLength, settings.MelBands, settings.MelLow,
                settings.MelHigh > 0 ? settings.MelHigh : settings.SampleRate / 2.0);
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
                : new PowerSpectrum(settings.ChromaFftLength, HannWindow.Centred(settings.ChromaFftLength, settings.ChromaFftLength), columns);
            if (settings.EstimateTuning)
                tuning = new TuningEstimator(settings.SampleRate, settings.ChromaFftLength, settings.Chroma);
            else
                ChromaOf(TuningEstimator.Steps / 2);
        }
    }

    public FeatureWorkspace NewWorkspace()
    {
        int longest = Math.Max(pitch?.Spectrum.Length ?? 0, Math.Max(spectrum?.Length ?? 0, chromaSpectrum?.Length ?? 0));
        return new FeatureWorkspace(columns.EdgeLength, columns.TableLength, MaxLanes * longest, MaxLanes * (longest / 2 + 1),
            MaxLanes * settings.MelBands, MaxLanes * (cepstrum?.PaddedOutputs ?? 0), MaxLanes * Math.Max(settings.Chroma + MaxLanes, pitch is null ? 0 : PitchSalience.Padded));
    }

    /// <summary>Samples that a frame looks at on each side of its centre, at most.</summary>
    public int Reach => columns.Reach;

    /// <summary>Number of frames of a clip: one around every <see cref="FeatureSettings.HopLength"/>th sample.</summary>
    public int Frames(int samples) => 1 + samples / settings.HopLength;

    /// <summary>Fills result [rows, frames] but for the derivatives over time, which <see cref="Derive"/> makes of whole rows.</summary>
    /// <param name="samples">The clip, or as much of a stream as the frames look at.</param>
    /// <param name="first">The first frame wanted, centred on sample first·hop; what looks at the whole clip needs 0.</param>
    /// <param name="frames">How many are wanted.</param>
    /// <param name="room">Room to work in.</param>
    /// <param name="result">[rows, frames].</param>
    public void Run<T>(ReadOnlySpan<float> samples, int first, int frames, FeatureWorkspace room, Span<float> result) where T : unmanaged, ILanes<T>
    {
        ChromaFilters? chroma = chromaSpectrum is null ? null : ChromaOf(TuningStep<T>(samples, room, frames));
        bool cut = mel is not null && settings.TopDb > 0;
        int melBlock = cut ? mel!.Bands * T.Count : 0;
        if (cut)
            room.NeedClipMel(checked((frames + T.Count - 1) / T.Count * melBlock));

        if (pitch is not null)
            room.NeedSalience(checked(frames * PitchSalience.Count));
        fixed (float* rows = result)
        {
            float* table = room.Table.Pointer;
            float* power = room.Power.Pointer;
            for (int stretch = 0; stretch < frames; stretch += Stretch)
            {
                columns.Fill(samples, first + stretch, Filled(frames - stretch), room.Edge.Pointer, table);
                for (int at = 0; at < Stretch && stretch + at < frames; at += T.Count)
                {
                    int frame = stretch + at;
                    Target target = new(rows + frame, frames, Math.Min(T.Count, frames - frame));
                    spectrum?.Compute<T>(table + at, room.Transform.Pointer, power);
                    if (mel is not null)
                    {
                        float* values = cut ? room.ClipMel.Pointer + frame / T.Count * melBlock : room.Mel.Pointer;
                        mel.Apply<T>(power, values);
                        Decibels.FromPower<T>(values, mel.Bands);
                        if (!cut)
                            FinishMel<T>(values, room, target);
                    }
                    if (layout.First(FeatureKind.Centroid) is { } centroidRow)
                    {
                        SpectralCentroid.Apply<T>(power, spectrum!.Bins, (float)settings.SampleRate / settings.FftLength, room.Chroma.Pointer);
                        target.Put<T>(room.Chroma.Pointer, centroidRow, 1);
                    }
                    if (level is not null)
                    {
                        level.Apply<T>(table + at, room.Chroma.Pointer);
                        target.Put<T>(room.Chroma.Pointer, layout.First(FeatureKind.Rms)!.Value, 1);
                    }
                    if (chroma is not null)
                    {
                        if (chromaSpectrum != spectrum)
                            chromaSpectrum!.Compute<T>(table + at, room.Transform.Pointer, power);
                        chroma.Apply<T>(power, room.Chroma.Pointer);
                        target.Put<T>(room.Chroma.Pointer, layout.First(FeatureKind.Chroma)!.Value, chroma.Classes);
                    }
                    if (pitch is not null)
                    {
                        pitch.Spectrum.Compute<T>(table + at, room.Transform.Pointer, power);
                        pitch.Apply<T>(power, room.Chroma.Pointer);
                        for (int lane = 0; lane < Math.Min(T.Count, frames - frame); lane++)
                            for (int candidate = 0; candidate < PitchSalience.Count; candidate++)
                                room.Salience[((frame + lane) * PitchSalience.Count) + candidate] = room.Chroma.Pointer[(candidate * T.Count) + lane];
                    }
                }
            }
            if (cut)
                FinishCutMel<T>(room, rows, frames);
        }
        if (layout.First(FeatureKind.Pitch) is { } pitchRow)
            PitchPath.Find(room.Salience.AsSpan(0, frames * PitchSalience.Count), result.Slice(pitchRow * frames, frames), result.Slice((pitchRow + 1) * frames, frames));
        if (layout.First(FeatureKind.Zcr) is { } zcrRow)
        {
            int words = ZeroCrossings.Words(samples.Length);
            room.NeedCrossings(words);
            ZeroCrossings.Rates(samples, settings.FftLength, settings.HopLength, first, room.Crossings.AsSpan(0, words), result.Slice(zcrRow * frames, frames));
        }
    }

    /// <summary>Derivatives over time of the rows of a whole clip, result [rows, frames].</summary>
    public void Derive(Span<float> result, int frames)
    {
        foreach ((int from, int to, int order) in layout.Derivatives)
            Derivatives.Fit(result.Slice(from * frames, frames), result.Slice(to * frames, frames), order);
    }

    // Mel rows and the coefficients of one block of log-mel values.
    private void FinishMel<T>(float* values, FeatureWorkspace room, Target target) where T : unmanaged, ILanes<T>
    {
        if (settings.Mel)
            target.Put<T>(values, layout.First(FeatureKind.Mel)!.Value, mel!.Bands);
        if (cepstrum is not null)
        {
            cepstrum.Apply<T>(values, room.Cepstrum.Pointer);
            target.Put<T>(room.Cepstrum.Pointer, layout.First(FeatureKind.Mfcc)!.Value, cepstrum.Outputs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishCutMel<T>(FeatureWorkspace room, float* rows, int frames) where T : unmanaged, ILanes<T>
    {
        // Lanes beyond the last frame repeat nothing of the clip: they count for nothing.
        int whole = frames / T.Count * T.Count;
        T largest = T.All(float.NegativeInfinity);
        for (int i = 0; i < whole * mel!.Bands; i += T.Count)
            largest = T.Max(largest, T.Load(room.ClipMel.Pointer + i));
        largest.Store(room.Chroma.Pointer);
        float loudest = float.NegativeInfinity;
        for (int lane = 0; lane < T.Count; lane++)
            loudest = Math.Max(loudest, room.Chroma.Pointer[lane]);
        for (int band = 0; band < mel.Bands; band++)
            for (int lane = 0; lane < frames - whole; lane++)
                loudest = Math.Max(loudest, room.ClipMel.Pointer[whole * mel.Bands + band * T.Count + lane]);
        T floor = T.All(loudest - (float)settings.TopDb);
        for (int frame = 0; frame < frames; frame += T.Count)
        {
            float* values = room.ClipMel.Pointer + (long)frame * mel.Bands;
            for (int band = 0; band < mel.Bands; band++)
                T.Max(T.Load(values + band * T.Count), floor).Store(values + band * T.Count);
            FinishMel<T>(values, room, new Target(rows + frame, frames, Math.Min(T.Count, frames - frame)));
        }
    }

    // Frames of a stretch: whole blocks, as the last one's spare lanes are worked on too.
    private static int Filled(int left) => Math.Min(Stretch, (left + MaxLanes - 1) / MaxLanes * MaxLanes);

    private int TuningStep<T>(ReadOnlySpan<float> samples, FeatureWorkspace room, int frames) where T : unmanaged, ILanes<T>
    {
        if (tuning is null)
            return TuningEstimator.Steps / 2;
        // The filters depend on every frame's peaks: spectra are computed here once and later again, rather than kept for a long recording.
        for (int stretch = 0; stretch < frames; stretch += Stretch)
        {
            columns.Fill(samples, stretch, Filled(frames - stretch), room.Edge.Pointer, room.Table.Pointer);
            for (int at = 0; at < Stretch && stretch + at < frames; at += T.Count)
            {
                chromaSpectrum!.Compute<T>(room.Table.Pointer + at, room.Transform.Pointer, room.Power.Pointer);
                tuning.Collect<T>(room.Power.Pointer, Math.Min(T.Count, frames - stretch - at), room.Peaks);
            }
        }
        return tuning.Estimate(room.Peaks);
    }

    // Two threads may make the same filters at once; either result serves.
    private ChromaFilters ChromaOf(int step) =>
        Volatile.Read(ref chromaOfStep[step]) ?? (chromaOfStep[step] =
            new ChromaFilters(settings.SampleRate, settings.ChromaFftLength, settings.Chroma, TuningEstimator.Deviation(step)));

    /// <summary>Where a block of frames goes in the result.</summary>
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
