namespace SpeechEmotion.Features;

/// <summary>
/// The best path through the pitch candidates of all frames, by dynamic programming (Talkin 1995): the sum of the salience minus a cost
/// of pitch changes is maximal. The path continues through unvoiced frames, where it interpolates.
/// </summary>
internal static class PitchPath
{
    /// <summary>
    /// Cost of a change by one candidate, in salience. An octave per frame costs 0.96, nearly the highest salience of a frame.
    /// </summary>
    private const float Step = 0.08f / PitchSalience.PerSemitone;

    /// <summary>
    /// Advantage of a candidate over the one an octave below, in salience, because multiples of the period are periods as well.
    /// </summary>
    private const float OctaveBias = 0.03f;

    /// <summary>Finds the path and the voicing along it.</summary>
    /// <param name="salience">[frames, <see cref="PitchSalience.Count"/>].</param>
    /// <param name="pitch">Result: pitch of each frame in semitones above 100 Hz, [frames].</param>
    /// <param name="voicing">Result: voicing of each frame at its pitch, 0 to 1, [frames].</param>
    public static void Find(ReadOnlySpan<float> salience, Span<float> pitch, Span<float> voicing)
    {
        int count = PitchSalience.Count, frames = pitch.Length;
        float[] score = new float[count], moved = new float[count];
        byte[] from = new byte[frames * count];
        for (int frame = 0; frame < frames; frame++)
        {
            Span<byte> back = from.AsSpan(frame * count, count);
            Move(score, moved, back);
            ReadOnlySpan<float> here = salience.Slice(frame * count, count);
            for (int i = 0; i < count; i++)
                score[i] = moved[i] + Math.Max(0, here[i]) + (i * OctaveBias / (12 * PitchSalience.PerSemitone));
        }
        int best = score.IndexOf(score.Max());
        for (int frame = frames - 1; frame >= 0; frame--)
        {
            pitch[frame] = (float)(12 * Math.Log2(PitchSalience.Frequency(best) / 100));
            voicing[frame] = (float)Math.Clamp(salience[(frame * count) + best] / PitchSalience.Fading(best), 0, 1);
            best = from[(frame * count) + best];
        }
    }

    /// <summary>
    /// Finds the best predecessor of each candidate i: the maximum over j of score[j] − Step·|i − j|, in one forward and one
    /// backward pass (Felzenszwalb and Huttenlocher 2012).
    /// </summary>
    private static void Move(ReadOnlySpan<float> score, Span<float> moved, Span<byte> back)
    {
        int count = score.Length;
        for (int i = 0; i < count; i++)
        {
            bool stays = i == 0 || score[i] >= moved[i - 1] - Step;
            (moved[i], back[i]) = stays ? (score[i], (byte)i) : (moved[i - 1] - Step, back[i - 1]);
        }
        for (int i = count - 2; i >= 0; i--)
            if (moved[i + 1] - Step > moved[i])
                (moved[i], back[i]) = (moved[i + 1] - Step, back[i + 1]);
    }
}
