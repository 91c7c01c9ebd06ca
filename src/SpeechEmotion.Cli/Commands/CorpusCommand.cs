using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>corpus</c>: the contents of a corpus.</summary>
internal static class CorpusCommand
{
    private const string KindSetting = "Corpus.Kind";

    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var folder = new Argument<string>("DIR") { Description = "Folder of the corpus, or a manifest's CSV file" };
        var kind = new Option<string>("--kind")
        {
            Description = $"Kind of the corpus: {string.Join(", ", KebabCase.NamesOf(typeof(CorpusKind)))};"
                + " default: the one that understands the most file names",
            HelpName = "K",
        };
        kind.AcceptOnlyFromAmong([.. KebabCase.NamesOf(typeof(CorpusKind))]);
        var write = new Option<bool>("--write") { Description = "With --kind synthetic: first write the synthetic recordings to DIR" };
        var command = new Verb("corpus",
            "Describes a corpus: utterances by speaker and emotion, sample rates, durations, duplicates, unreadable files.",
            "speech-emotion corpus data/tess --kind tess",
            "speech-emotion corpus lists/calls.csv --set Corpus.AudioRoot=/recordings",
            "speech-emotion corpus data/synthetic --kind synthetic --write")
        {
            folder, kind, write, common.Threads, common.Set,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(write) && result.GetValue(kind) != KebabCase.From(CorpusKind.Synthetic))
                result.AddError("--write: only the synthetic corpus can be generated; add --kind synthetic");
        });
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            CorpusSettings settings = Settings(path, parsed.GetValue(kind), parsed.GetValue(common.Set) ?? []);
            if (parsed.GetValue(write))
                settings = Write(settings, path);
            CorpusListing listing = CorpusListing.Scan(settings, path);
            int rate = new FeatureSettings().SampleRate;
            Corpus corpus = ProgressBar.Run(console, "reading", listing.Utterances.Count, progress =>
                Corpus.Read(listing, rate, (_, _) => { }, progress, parsed.GetValue(common.Threads), cancellation));
            string name = string.Join(" + ", corpus.Names), scheme = KebabCase.From(settings.Kind);
            bool isPlain = settings.Sources.Count > 0 || name == scheme;
            CorpusTables.Write(console, isPlain ? name : $"{name} ({scheme})", CorpusSummary.Create(corpus));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The settings of <c>--set</c> with the kind of <c>--kind</c>, else the one that the file names follow.</summary>
    private static CorpusSettings Settings(string path, string? kind, string[] overrides)
    {
        string[] all = kind is null ? overrides : [.. overrides, $"{KindSetting}={kind}"];
        CorpusSettings settings = SettingsFile.Parse("{}", "default settings", all).Corpus;
        bool isNamed = all.Any(each => each.StartsWith(KindSetting + "=", StringComparison.OrdinalIgnoreCase));
        return isNamed || settings.Sources.Count > 0 ? settings : settings with { Kind = CorpusListing.GuessKind(path) };
    }

    /// <summary>Writes the synthetic corpus; returns the settings that read it through its manifest.</summary>
    private static CorpusSettings Write(CorpusSettings settings, string path)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new SettingsException(path, ["exists and is not empty: give a new folder"]);
        new SyntheticCorpus(settings.Synthetic).WriteTo(path);
        return settings with { Kind = CorpusKind.Manifest };
    }
}
