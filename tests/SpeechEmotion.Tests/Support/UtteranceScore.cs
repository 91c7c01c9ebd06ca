using SpeechEmotion.Settings;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Tests.Support;

/// <summary>
/// Utterances that were cut out of a scene against those that are in it: speech whose pauses are shorter than the hangover is one
/// utterance, which should begin a pre-roll before it and end a hangover behind it; what is shorter than speech must be (a breath) need
/// not be found. Errors in milliseconds, late is positive.
/// </summary>
/// <param name="Utterances">How many there are.</param>
/// <param name="Starts">Error of each beginning that was found.</param>
/// <param name="Ends">Error of each end that was found.</param>
/// <param name="Split">Utterances cut into several.</param>
/// <param name="Merged">Utterances that were merged with the one before.</param>
/// <param name="Missed">Utterances of which nothing was found.</param>
/// <param name="Extra">Cuts that hold no speech.</param>
internal sealed record UtteranceScore(int Utterances, double[] Starts, double[] Ends, int Split, int Merged, int Missed, int Extra)
{
    /// <summary>Segments a scene as a stream and compares.</summary>
    public static UtteranceScore Compute(SpeechScene scene, LiveSettings settings) =>
        Compute([.. Speech(scene, settings)], Cut(scene.Samples, settings), settings);

    /// <summary>Compares segments with the speech in the scene; samples at 16 kHz.</summary>
    public static UtteranceScore Compute(
        IReadOnlyList<(long Start, long End)> speech, IReadOnlyList<(long Start, long End)> cuts, LiveSettings settings)
    {
        double preRoll = settings.PreRollSeconds * TestSignals.Rate, hangover = settings.HangoverSeconds * TestSignals.Rate, before = 0;
        List<double> starts = [], ends = [];
        int split = 0, merged = 0, missed = 0, previous = -1;
        bool wasWhole = false;
        foreach ((long start, long end) in speech)
        {
            int[] its = [.. Enumerable.Range(0, cuts.Count).Where(i => cuts[i].Start < end && cuts[i].End > start)];
            double wanted = Math.Max(before, start - preRoll);
            before = end + hangover;
            bool isWhole = end - start >= settings.MinSpeechSeconds * TestSignals.Rate;
            missed += isWhole && its.Length == 0 ? 1 : 0;
            split += its.Length > 1 ? 1 : 0;
            if (its.Length == 0)
                continue;
            if (its[0] == previous)
            {
                merged += isWhole && wasWhole ? 1 : 0;
                ends.RemoveAt(ends.Count - 1); // that of the one before is not there
            }
            else
                starts.Add(Milliseconds(cuts[its[0]].Start - wanted));
            ends.Add(Milliseconds(cuts[its[^1]].End - before));
            (previous, wasWhole) = (its[^1], isWhole);
        }
        return new UtteranceScore(speech.Count(part => part.End - part.Start >= settings.MinSpeechSeconds * TestSignals.Rate), [.. starts],
            [.. ends], split, merged, missed, cuts.Count(cut => !speech.Any(part => cut.Start < part.End && cut.End > part.Start)));
    }

    /// <summary>The quantile of a share.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
    }

    public override string ToString() =>
        $"start {Quantile(Starts, 0.5),4:0} ms, 90 % within {Quantile(Starts.Select(Math.Abs), 0.9),4:0}; "
        + $"end {Quantile(Ends, 0.5),4:0} ms, 90 % within {Quantile(Ends.Select(Math.Abs), 0.9),4:0}; "
        + $"of {Utterances}: {Split} split, {Merged} merged, {Missed} missed, {Extra} extra";

    private static double Milliseconds(double samples) => 1000 * samples / TestSignals.Rate;

    private static IEnumerable<(long, long)> Speech(SpeechScene scene, LiveSettings settings)
    {
        (long start, long end) = scene.Speech[0];
        foreach ((int nextStart, int nextEnd) in scene.Speech.Skip(1))
        {
            if (nextStart - end >= settings.HangoverSeconds * TestSignals.Rate)
            {
                yield return (start, end);
                start = nextStart;
            }
            end = nextEnd;
        }
        yield return (start, end);
    }

    private static List<(long, long)> Cut(float[] samples, LiveSettings settings)
    {
        var detector = new SpeechDetector(settings, TestSignals.Rate);
        var segmenter = new Segmenter(settings, TestSignals.Rate, detector.FrameLength, frameHop: 160);
        var cuts = new List<(long, long)>();
        for (int at = 0; at + detector.FrameLength <= samples.Length; at += detector.FrameLength)
            Take(segmenter.Next(detector.Next(samples.AsSpan(at, detector.FrameLength))));
        Take(segmenter.Finish(samples.Length));
        return cuts;

        void Take(IReadOnlyList<SpeechCut> found) =>
            cuts.AddRange(found.Where(cut => cut.Type == StreamEventType.UtteranceEnd).Select(cut => (cut.Start, cut.End)));
    }
}
