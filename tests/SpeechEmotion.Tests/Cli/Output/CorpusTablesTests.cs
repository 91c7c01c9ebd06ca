using Spectre.Console.Testing;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Corpora;

namespace SpeechEmotion.Tests.Cli.Output;

public class CorpusTablesTests
{
    [TestCase(60)]
    [TestCase(80)]
    [TestCase(120)]
    public void Write_AnyWidth_ShowsSpeakersAndSums(int width)
    {
        string[] emotions = ["anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];
        using var console = new TestConsole().Width(width);

        CorpusTables.Write(console, "emovo + greek", new CorpusSummary
        {
            Speakers = ["", "emovo/f1", "greek/1"],
            Emotions = emotions,
            Counts = [[.. emotions.Select(_ => 1)], [.. emotions.Select(_ => 14)], [.. emotions.Select(_ => 20)]],
            Utterances = 245,
            Texts = 0,
            Parts = new Dictionary<Part, int>(),
            SampleRates = [(16000, 245)],
            MinSeconds = 1,
            MedianSeconds = 2,
            MaxSeconds = 3,
            TotalSeconds = 500,
            Duplicates = [],
            Unreadable = [],
            Problems = [],
        });

        string[] lines = console.Output.Split('\n');
        Assert.That(lines.Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(width));
        foreach ((string speaker, string sum) in new[] { ("(not known)", "7"), ("emovo/f1", "98"), ("greek/1", "140"), ("all", "245") })
            Assert.That(lines.Select(line => line.Trim()).Any(line => line.StartsWith(speaker) && line.EndsWith(" " + sum)), speaker);
    }
}
