namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// Recognises landmarks of copies of one recording. The signs around each of its landmarks are laid out for every shift, so that a
/// comparison takes about a microsecond.
/// </summary>
internal sealed class LandmarkMatcher
{
    /// <summary>Largest distance of the codes of landmarks whose signs are compared.</summary>
    public const int MaxDistance = 28;

    // Signs: 16 ms. Codecs move a landmark by up to a block and a half.
    private const int Reach = 64, Shifts = 2 * Reach + 1;

    private readonly Landmark[] peaks;
    private readonly SparseSigns[] signs;
    private readonly SparseSigns[] active;
    private readonly int[] compared;

    /// <param name="recording">The recording.</param>
    public LandmarkMatcher(Fingerprint recording)
    {
        peaks = recording.Peaks;
        signs = new SparseSigns[peaks.Length * Shifts];
        active = new SparseSigns[signs.Length];
        compared = new int[signs.Length];
        SignSequence activeSigns = recording.ActiveSigns();
        for (int i = 0; i < signs.Length; i++)
        {
            int position = Position(i);
            signs[i] = SparseSigns.Around(position, recording.Signs);
            active[i] = SparseSigns.Around(position, activeSigns);
            compared[i] = active[i].Count;
        }
    }

    /// <summary>Whether this recording is a copy of the one from which the landmarks were stored.</summary>
    public bool Matches(CompactFingerprint stored)
    {
        foreach (ref readonly Landmark peak in stored.Peaks.AsSpan())
            if (Best(peak, CompactFingerprint.MinCompared).Agreement > CompactFingerprint.MinAgreement)
                return true;
        return false;
    }

    /// <summary>
    /// The position in this recording that agrees best with a landmark of another one, and the share of equal or of opposite signs among
    /// those in active parts of this recording; 0 when no landmark has a similar code.
    /// </summary>
    /// <param name="other">The landmark.</param>
    /// <param name="minCompared">Smallest number of signs in active parts.</param>
    public (int Position, double Agreement) Best(in Landmark other, int minCompared)
    {
        (int Position, double Agreement) best = (0, 0);
        for (int peak = 0; peak < peaks.Length; peak++)
        {
            if (peaks[peak].Code.Distance(other.Code) > MaxDistance)
                continue;
            for (int i = peak * Shifts; i < (peak + 1) * Shifts; i++)
            {
                if (compared[i] < minCompared)
                    continue;
                double agreement = (double)signs[i].Distance(other.Signs, active[i]) / compared[i];
                agreement = Math.Max(agreement, 1 - agreement);
                if (agreement > best.Agreement)
                    best = (Position(i), agreement);
            }
        }
        return best;
    }

    private int Position(int i) => peaks[i / Shifts].Position + i % Shifts - Reach;
}
