using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

/// <summary>
/// Folders with faults of all kinds: each fault costs one file and one line of output. SPEECHEMOTION_FILES sets the size of the large one
/// (default 3,000).
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class DirtyTreeTests
{
    [Test, Platform(Exclude = "Win")]
    public void Read_DirtyTree_CountsEveryFaultAndUsesTheRest()
    {
        using TemporaryFolder folder = new();
        string longest = new string('声', 83) + " x.wav"; // 255 bytes
        for (int i = 0; i < 6; i++)
            folder.WriteWav($"{(i % 2 == 0 ? "anger" : "fear")}/anna/{i}.wav", TestSignals.Syllables(i));
        folder.WriteWav($"anger/ben/{longest}", TestSignals.Syllables(10));
        folder.WriteWav("anger/ben/two\nlines \u001b[31m.wav", TestSignals.Syllables(11));
        folder.WriteWav("boredom/ben/only.wav", TestSignals.Syllables(12));
        folder.WriteWav("no-such-emotion/ben/1.wav", TestSignals.Syllables(13));
        folder.WriteWav("fear/ben/copy.wav", TestSignals.Syllables(1));
        folder.WriteWav("anger/ben/contradiction.wav", TestSignals.Syllables(3));
        folder.Touch("anger/ben/empty.wav");
        Shell($"mkfifo '{folder["anger/pipe.wav"]}'; ln -s /dev/zero '{folder["anger/zero.wav"]}'; "
            + $"ln -s b '{folder["a"]}'; ln -s a '{folder["b"]}'; "
            + $"ln -s .. '{folder["anger/up"]}'; ln -s nowhere '{folder["fear/gone.wav"]}'; "
            + $"cp '{folder["anger/anna/0.wav"]}' \"$(printf '%s/\\377\\376.wav' '{folder.Path}/fear')\"");

        Corpus corpus;
        try
        {
            CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Folders }, folder.Path);
            corpus = Corpus.Read(listing, 16000, (_, _) => { }, null, 2, CancellationToken.None);
        }
        finally
        {
            Shell($"rm '{folder.Path}/fear/'*.wav"); // the runtime cannot name every file here
        }

        Assert.That(corpus.Unreadable.Select(problem => (Path.GetFileName(problem.Path), problem.Reason.Split(' ')[0])),
            Is.EquivalentTo(new[]
        {
            ("empty.wav", "the"), ("pipe.wav", "the"), ("zero.wav", "the"), ("\uFFFD\uFFFD.wav", "Could"),
        }));
        Assert.That(corpus.Problems.Where(problem => problem.Kind == CorpusProblemKind.Unreadable), Is.EqualTo(new[]
        {
            new CorpusProblem(CorpusProblemKind.Unreadable, "a", "a broken link: its target is not there", 3), // a, b, fear/gone.wav
        }));
        Assert.That(corpus.Items, Has.Count.EqualTo(11));
        Assert.That(corpus.Items.Select(item => Path.GetFileName(item.Utterance.Path)), Does.Contain(longest));
        Assert.That(corpus.Duplicates.Select(each => each.Kind),
            Is.EquivalentTo(new[] { DuplicateKind.Copy, DuplicateKind.Contradiction }));
        Assert.That(corpus.Items.Select(item => item.DuplicateGroup).Distinct().Count(), Is.EqualTo(10));
    }

    [Test, Platform(Exclude = "Win")]
    public void Files_FolderThatMayNotBeListed_CostsThatFolder()
    {
        using TemporaryFolder folder = new();
        folder.Touch("anger/1.wav", "closed/2.wav");
        File.SetUnixFileMode(folder["closed"], UnixFileMode.None);
        try
        {
            List<SkippedEntry> skipped = [];
            IReadOnlyList<string> files = AudioTree.Files(folder.Path, skipped.Add);
            if (files.Count == 2)
                Assert.Ignore("skipped: this account may list every folder");
            Assert.That(files, Is.EqualTo(new[] { "anger/1.wav" }));
            Assert.That(skipped, Is.EqualTo(new[] { new SkippedEntry("closed", "a folder that cannot be listed", IsUnreadable: true) }));
        }
        finally
        {
            File.SetUnixFileMode(folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test, Category("Files")]
    public void Read_ManySmallFiles_TakesTimeAndMemoryByTheirNumber()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_FILES") ?? "3000");
        using TemporaryFolder folder = new();
        var random = new Random(4);
        float[] samples = new float[200];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < samples.Length; k++)
                samples[k] = random.NextSingle() - 0.5f;
            folder.WriteWav($"{(i % 2 == 0 ? "anger" : "fear")}/s{i % 50}/{i}.wav", samples);
        }
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Folders }, folder.Path);
        Corpus corpus = Corpus.Read(listing, 16000, (_, _) => { }, null, 2, CancellationToken.None);

        TestContext.Out.WriteLine($"{count} files: {clock.Elapsed.TotalSeconds:0.0} s, "
            + $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / count} bytes each, "
            + $"peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        Assert.That(corpus.Items, Has.Count.EqualTo(count));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan((4L << 20) + (3000L * count)));
    }

    private static void Shell(string script)
    {
        using var shell = Process.Start("sh", ["-c", script]);
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero);
    }
}
