using System.CommandLine;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using Spectre.Console;

namespace SpeechEmotion.Cli;

/// <summary><c>corpus</c>: what is in a corpus, before anything is trained on it.</summary>
internal static class CorpusCommand
{
    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var folder = new Argument<string>("DIR") { Description = "Folder of the corpus, or a manifest's CSV file" };
        var kind = new Option<string>("--kind")
        {
            Description = "Naming scheme of the corpus; default: the one that understands most of its names",
            HelpName = "K",
        };
        kind.AcceptOnlyFromAmong([.. KebabCase.NamesOf(typeof(CorpusKind))]);
        var command = new Verb("corpus", "Says what is in a corpus: utterances by speaker and emotion, rates, durations, duplicates, unreadable files.",
            "speech-emotion corpus data/tess --kind tess")
        {
            folder, kind, common.Threads,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            CorpusSettings settings = parsed.GetValue(kind) is { } given
                ? SettingsFile.Parse($$"""{ "Corpus": { "Kind": "{{given}}" } }""", "--kind").Corpus
                : new CorpusSettings { Kind = CorpusKinds.Guess(path) };
            CorpusListing listing = CorpusListing.Scan(settings, path);
            int rate = new FeatureSettings().SampleRate;
            Corpus corpus = ProgressBar.Run(console, "reading", listing.Utterances.Count, progress =>
                Corpus.Read(listing, rate, (_, _) => { }, progress, parsed.GetValue(common.Threads), cancellation));
            CorpusTables.Write(console, KebabCase.Of(settings.Kind), CorpusSummary.Of(corpus));
            return ExitCode.Done;
        });
        return command;
    }
}
