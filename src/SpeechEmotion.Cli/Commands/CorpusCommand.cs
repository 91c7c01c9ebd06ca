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
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var folder = new Argument<string>("DIR") { Description = "Folder of the corpus, or a manifest's CSV file" };
        var kind = new Option<string>("--kind")
        {
            Description = "Naming scheme of the corpus; default: the one that parses the most file names",
            HelpName = "K",
        };
        kind.AcceptOnlyFromAmong([.. KebabCase.NamesOf(typeof(CorpusKind))]);
        var write = new Option<bool>("--write") { Description = "With --kind synthetic: first write the synthetic recordings to DIR" };
        var command = new Verb("corpus",
            "Describes a corpus: utterances by speaker and emotion, sample rates, durations, duplicates, unreadable files.",
            "speech-emotion corpus data/tess --kind tess",
            "speech-emotion corpus data/synthetic --kind synthetic --write")
        {
            folder, kind, write, common.Threads,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(write) && result.GetValue(kind) != KebabCase.From(CorpusKind.Synthetic))
                result.AddError("--write: only the synthetic corpus can be generated; add --kind synthetic");
        });
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            CorpusSettings settings = parsed.GetValue(kind) is { } given
                ? SettingsFile.Parse($$"""{ "Corpus": { "Kind": "{{given}}" } }""", "--kind").Corpus
                : new CorpusSettings { Kind = CorpusListing.GuessKind(path) };
            if (parsed.GetValue(write))
                settings = Write(settings, path);
            CorpusListing listing = CorpusListing.Scan(settings, path);
            int rate = new FeatureSettings().SampleRate;
            Corpus corpus = ProgressBar.Run(console, "reading", listing.Utterances.Count, progress =>
                Corpus.Read(listing, rate, (_, _) => { }, progress, parsed.GetValue(common.Threads), cancellation));
            string name = corpus.Names[0], scheme = KebabCase.From(settings.Kind);
            CorpusTables.Write(console, name == scheme ? name : $"{name} ({scheme})", CorpusSummary.Create(corpus));
            return ExitCode.Done;
        });
        return command;
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
