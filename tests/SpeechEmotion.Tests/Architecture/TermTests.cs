using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>No file uses an identifier that was replaced by a term of the field, nor "voice" for a person.</summary>
public partial class TermTests
{
    private static readonly string[] Text = [".cs", ".csproj", ".json", ".md", ".txt", ".ipynb", ".csv"];

    // With a bar in the middle, so that this file does not hold them.
    private static readonly string[] Retired =
    [
        "Known|Voice", "Voice|Model", "Voice|Profile", "Voice|Prior", "Voice|Known", "Voice|Group", "Per|Voice", "Running|Voice",
        "Voice|Utterance", "Sound|Change", "Kept|Sound", "Frequency|Warp", "Block|Drop", "Feature|Shift", "Averaged|Weights",
        "Utterance|View", "Network|Member", "Speech|Evidence", "Speech|ToNoise", "Band|Noise", "Judged|Window", "Judge|ment",
        "Held|Scalars", "Stored|State", "Model|Facts", "Model|Places", "Extra|Texts", "Recording|Pass", "Recording|Memory",
        "Likely|Pairs", "Cache|Room", "Cannot|Wait", "Last|Words", "Session|Account", "Class|Figures", "Speaker|Figures",
        "Run|Figures", "Feature|Figures", "Former|Settings", "predictions-voice|-known", "voice|Known", "voice|Seconds",
    ];

    private static readonly Regex RetiredName = new(string.Join('|',
        [.. Retired.Select(name => name.Replace("|", "", StringComparison.Ordinal)), @"(?<!\w)Contrastive" + "Loss", "--voi" + @"ce\b",
            @"(?<!\w)(?:Most|Least|Fewest|Longest)[A-Z]\w*", @"(?<!\w)[A-Z]\w*\.O" + @"f\("]));

    [Test]
    public void Files_RetiredNames_AreGone()
    {
        string root = SourceTree.Require("");
        IEnumerable<string> files = new[] { "src", "tests", "configs", "docs", "notebooks" }
            .SelectMany(folder => SourceTree.Files(Path.Combine(root, folder), Text))
            .Concat(SourceTree.Files(Path.Combine(root, "checkpoints"), ".md"))
            .Concat([Path.Combine(root, "README.md"), Path.Combine(root, "CONTRIBUTING.md")]);
        Assert.That(SourceTree.Findings(files, RetiredNames), Is.Empty);
    }

    [Test]
    public void Sources_VoiceForAPerson_IsASpeaker()
    {
        IEnumerable<string> files = new[] { "src", "tests" }.SelectMany(folder => SourceTree.Files(SourceTree.Require(folder), ".cs"))
            .Where(file => Path.GetFileNameWithoutExtension(file) != nameof(TermTests));
        Assert.That(SourceTree.Findings(files, VoicesOfPersons), Is.Empty);
    }

    [TestCase("Voice" + "Model x", ExpectedResult = 1)]
    [TestCase("My" + "Judge" + "ments", ExpectedResult = 1)]
    [TestCase("SupervisedContrastive" + "Loss", ExpectedResult = 0)]
    [TestCase("Contrastive" + "Loss.Compute", ExpectedResult = 1)]
    [TestCase("predict a.wav --voi" + "ce b.wav", ExpectedResult = 1)]
    [TestCase("--model voices", ExpectedResult = 0)]
    [TestCase("const int Most" + "Speakers = 3", ExpectedResult = 1)]
    [TestCase("MaxSpeakers, Almost, mostly, Most of them", ExpectedResult = 0)]
    [TestCase("Metrics.O" + "f(labels)", ExpectedResult = 1)]
    [TestCase("Metrics.Offset(labels)", ExpectedResult = 0)]
    public int RetiredNames_Line_AreCounted(string line) => RetiredNames(line).Count();

    [TestCase("the voice of a speaker", ExpectedResult = 1)]
    [TestCase("LearnsVoicesAndOthers", ExpectedResult = 1)]
    [TestCase("of all voices.", ExpectedResult = 1)]
    [TestCase("IsHardlyVoiced, unvoiced, voiceless, voicing", ExpectedResult = 0)]
    [TestCase("voice activity, VoiceActivity, voice quality", ExpectedResult = 0)]
    [TestCase("""Load("voices"), configs/voices.json, checkpoints/voices, <c>voices-all</c>, --model voices""", ExpectedResult = 0)]
    [TestCase("""Seeds.Random(seed, $"voice/{name}"), Seeds.Random(seed, "voice")""", ExpectedResult = 0)]
    [TestCase("""Seeds.Random(seed, "x"), "voice 1" """, ExpectedResult = 1)]
    public int VoicesOfPersons_Line_AreCounted(string line) => VoicesOfPersons(line).Count();

    private static IEnumerable<string> RetiredNames(string line) => RetiredName.Matches(line).Select(match => match.Value);

    private static IEnumerable<string> VoicesOfPersons(string line) =>
        Voice().Matches(line).Where(match => !Allowed().Matches(line).Any(allowed =>
            allowed.Index <= match.Index && match.Index + match.Length <= allowed.Index + allowed.Length)).Select(match => match.Value);

    [GeneratedRegex("voices?", RegexOptions.IgnoreCase)]
    private static partial Regex Voice();

    // In turn: terms of phonetics; terms of signal processing; the model, its config and folders; keys of a checkpoint; strings from
    // which seeds are derived; "those whose voice is recorded" of the legal note; the neutral voice of a synthetic speaker.
    [GeneratedRegex("""
        (?:un)?voice(?:d|less)
        |voice[ -]?(?:activity|quality)
        |(?<=[/"`>\\]|--model[ ])voices\b
        |normaliser\.voices\.
        |(?<=")voice(?=["/])
        |whose[ ]voice
        |neutral[ ]voices?
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Allowed();
}
