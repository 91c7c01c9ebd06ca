using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// The emotional speech database of Singapore: <c>0011/Angry/train/0011_000351.wav</c> is speaker, emotion, part, and in the file name
/// speaker and number. Speakers 0001 to 0010 speak Mandarin, 0011 to 0020 English. Each speaks the same 350 sentences of the language with
/// five emotions, one after the other.
/// </summary>
internal static partial class EsdNames
{
    private const int Sentences = 350, MandarinSpeakers = 10, Speakers = 20;

    private static readonly string[] Emotions = ["neutral", "anger", "happiness", "sadness", "surprise"];

    /// <summary>Reads a path. The text is the language and the number of the sentence.</summary>
    public static NameReading Read(string path) => Read(path, []);

    /// <summary>
    /// Reads all paths. The text of a sentence is that in the transcript <c>0011/0011.txt</c> of the first speaker of the language that has
    /// one, so that it is the same for all speakers and emotions.
    /// </summary>
    public static IReadOnlyList<NameReading> ReadTree(string folder, IReadOnlyList<string> paths, ProblemTally problems)
    {
        Dictionary<string, string> texts = [];
        foreach (string file in TableFiles.Find(folder, name => TranscriptName().IsMatch(name)))
        {
            try
            {
                foreach (string line in TextFile.ReadLines(Path.Combine(folder, file)))
                    if (line.Split('\t') is [string id, string text, ..] && Fields().Match(id.Trim()) is { Success: true } match)
                        texts.TryAdd(SentenceOf(match), NormalForm.Compose(text.Trim()));
            }
            catch (InvalidDataException fault)
            {
                string reason = TextFile.WithoutPath(fault, folder, file);
                problems.Add(CorpusProblemKind.Warning, file, $"a transcript that is not used: {reason}");
            }
        }
        return [.. paths.Select(path => Read(path, texts))];
    }

    private static NameReading Read(string path, Dictionary<string, string> texts)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named SPEAKER_NUMBER, such as 0011_000351");
        int speaker = int.Parse(match.Groups["speaker"].Value), number = int.Parse(match.Groups["number"].Value);
        if (speaker is < 1 or > Speakers || number < 1 || number > Sentences * Emotions.Length)
            return NameReading.Misnamed($"speaker is not 0001 to 0020, or number not 000001 to 00{Sentences * Emotions.Length}");
        string[] folders = path.Split('/')[..^1];
        string emotion = folders.Select(EmotionNames.Find).LastOrDefault(each => each is not null)
            ?? Emotions[(number - 1) / Sentences];
        Part? part = folders.Select(name => PartNames.Find(name)).LastOrDefault(each => each is not null);
        string sentence = SentenceOf(match);
        return NameReading.Recognised(path, emotion, match.Groups["speaker"].Value, texts.GetValueOrDefault(sentence, sentence), part);
    }

    private static string SentenceOf(Match match)
    {
        int speaker = int.Parse(match.Groups["speaker"].Value), number = int.Parse(match.Groups["number"].Value);
        return $"{(speaker <= MandarinSpeakers ? "zh" : "en")}{((number - 1) % Sentences) + 1:000}";
    }

    [GeneratedRegex(@"^(?<speaker>\d{4})_(?<number>\d{6})$", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();

    [GeneratedRegex(@"^00\d\d\.txt$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TranscriptName();
}
