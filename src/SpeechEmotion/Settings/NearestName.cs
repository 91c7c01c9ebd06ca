namespace SpeechEmotion.Settings;

/// <summary>Suggestion of the known name that is closest to a mistyped one.</summary>
public static class NearestName
{
    /// <summary><c>; did you mean X?</c> with the closest name, or the list of all names if none is close.</summary>
    public static string Suggest(string typed, IEnumerable<string> known)
    {
        (string Name, int Distance)[] ranked = [.. known.Select(name => (name, Distance(typed, name))).OrderBy(pair => pair.Item2)];
        if (ranked.Length == 0)
            return "";
        return ranked[0].Distance <= Math.Max(2, typed.Length / 3)
            ? $"; did you mean {ranked[0].Name}?"
            : $"; known are {string.Join(", ", ranked.Select(pair => pair.Name).Order(StringComparer.Ordinal))}";
    }

    /// <summary>Levenshtein distance, ignoring case.</summary>
    internal static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
