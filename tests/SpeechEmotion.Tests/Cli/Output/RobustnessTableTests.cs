using Spectre.Console.Testing;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;

namespace SpeechEmotion.Tests.Cli.Output;

public class RobustnessTableTests
{
    private static readonly Estimate Uar = new(1, new Interval(0.999, 1));

    private static readonly RobustnessMetrics[] Conditions =
    [
        new("loudness -16 LUFS")
        {
            Utterances = 4, Uar = Uar, Accuracy = 1, Unchanged = 1, Lost = 0, Gained = 0, MeanConfidence = 1,
            Clean = new CleanMetrics(Uar, 1, 1),
        },
        new("MP3 32 kbit/s") { Skipped = "needs ffmpeg, which is not on the PATH" },
        new("Opus 16 kbit/s") { Skipped = "needs ffmpeg, which is not on the PATH" },
    ];

    [TestCase(60, false)]
    [TestCase(80, true)]
    [TestCase(120, true)]
    public void Write_AnyWidth_KeepsARowACondition(int width, bool interval)
    {
        using var console = new TestConsole().Width(width);
        RobustnessTable.Write(console, Conditions);
        string[] lines = [.. console.Output.Split('\n').Select(line => line.TrimEnd())];
        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
        Assert.That(lines, Has.One.Matches<string>(line => line!.StartsWith(" as recorded ") && line.Contains("100.0 %")));
        string row = lines.Single(line => line!.StartsWith(" loudness -16 LUFS "));
        Assert.That(row.Split("100.0 %", StringSplitOptions.None), Has.Length.EqualTo(interval ? 6 : 5));
        Assert.That(row.Contains("99.9 – 100.0 %"), Is.EqualTo(interval));
        Assert.That(lines, Has.One.Matches<string>(line => line!.StartsWith(" MP3 32 kbit/s") && line.Contains("skipped")));
        Assert.That(string.Join(' ', lines), Does.Contain("skipped MP3 32 kbit/s, Opus 16 kbit/s: needs ffmpeg"));
    }
}
