using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Spectre.Console.Testing;
using SpeechEmotion.Cli;
using SpeechEmotion.Cli.Commands;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests;

/// <summary>README's commands work, in the order in which they stand there, in a folder like a reader's.</summary>
[NonParallelizable]
public partial class ReadMeTests
{
    private static string ReadMe => File.ReadAllText(Path.Combine(SharedData.ProjectRoot()!, "README.md"));

    private static IEnumerable<string> Commands => Blocks().Matches(ReadMe)
        .SelectMany(block => block.Groups[1].Value.Split('\n'))
        .Select(line => line.Split(" # ")[0].Trim())
        .Where(line => line.StartsWith("speech-emotion ", StringComparison.Ordinal));

    [Test]
    public void Commands_EveryVerb_HasOne()
    {
        using var console = new TestConsole();
        foreach (Command verb in Program.Root(console, TextWriter.Null, default).Subcommands.Where(verb => !verb.Hidden))
        {
            Assert.That(Commands, Has.Some.Matches<string>(line => line == $"speech-emotion {verb.Name}"
                || line!.StartsWith($"speech-emotion {verb.Name} ", StringComparison.Ordinal)), verb.Name);
            Assert.That(((Verb)verb).Examples, Is.Not.Empty, verb.Name);
        }
    }

    [Test]
    public void Commands_InTheirOrder_AllSucceed()
    {
        using var folder = new TemporaryFolder();
        MakeCorpora(folder);
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.Path);
        try
        {
            foreach (string command in Commands)
                Run(command);
            Assert.That(File.Exists(folder["runs/tess/curves.png"]), Is.True);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Test]
    public void Links_ToFiles_LeadSomewhere()
    {
        foreach (Match link in Links().Matches(ReadMe))
            Assert.That(Path.Exists(Path.Combine(SharedData.ProjectRoot()!, link.Groups[1].Value)), Is.True, link.Value);
    }

    private static void Run(string command)
    {
        using var console = new TestConsole().Width(200);
        using var errors = new StringWriter();
        // A test waits for one epoch, not for a model.
        string[] args = [.. CommandLineParser.SplitCommandLine(command.Replace('\'', '"')).Skip(1)];
        if (args[0] is "train" or "crossval")
            args = [.. args, "--set", "Training.Epochs=1", "--set", "Split.Validation=0.2"];
        int code = Program.Run(args, console, errors, default);
        Assert.That(code, Is.Zero, $"{command}\n{errors}");
    }

    /// <summary>Synthetic speech under the names of real corpora, few files of each.</summary>
    private static void MakeCorpora(TemporaryFolder folder)
    {
        var sounds = new SyntheticCorpus(new SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 8 });
        var tess = new Dictionary<string, string> { ["anger"] = "angry", ["disgust"] = "disgust", ["fear"] = "fear",
            ["happiness"] = "happy", ["neutral"] = "neutral", ["sadness"] = "sad", ["surprise"] = "ps" };
        string[] ravdess = ["neutral", "calm", "happiness", "sadness", "anger", "fear", "disgust", "surprise"];
        Dictionary<string, Queue<int>> unused = Enumerable.Range(0, sounds.Utterances.Count).GroupBy(i => sounds.Utterances[i].Emotion)
            .ToDictionary(group => group.Key, group => new Queue<int>(group));
        foreach ((string emotion, string name) in tess)
        {
            foreach (string speaker in new[] { "OAF", "YAF" })
                foreach (string word in new[] { "back", "bar", "base", "bath", "bean" })
                    Write($"data/tess/{speaker}_{name}/{speaker}_{word}_{name}.wav", emotion);
            Write($"data/mine/{emotion}/anna/01.wav", emotion);
            Write($"data/mine/{emotion}/ben/01.wav", emotion);
            Write($"data/mine/{emotion}/cleo/01.wav", emotion);
        }
        for (int actor = 1; actor <= 5; actor++)
            for (int emotion = 1; emotion <= ravdess.Length; emotion++)
                Write($"data/ravdess/Actor_{actor:00}/03-01-{emotion:00}-01-01-01-{actor:00}.wav", ravdess[emotion - 1]);
        File.WriteAllLines(folder["data/mine/list.csv"],
            ["path,emotion,speaker", .. tess.Keys.SelectMany(emotion =>
                new[] { "anna", "ben", "cleo" }.Select(speaker => $"{emotion}/{speaker}/01.wav,{emotion},{speaker}"))]);
        foreach (string path in new[] { "clip.wav", "recordings/a.wav", "calls/b.wav" })
            Write(path, "anger");

        void Write(string path, string emotion)
        {
            // Every file is an utterance of its own: copies would be kept in one part of a split.
            int index = unused[emotion == "calm" ? "neutral" : emotion].Dequeue();
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            Pcm16File.Write(folder[path], sounds.Render(index));
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)]+)\)")]
    private static partial Regex Links();
}
