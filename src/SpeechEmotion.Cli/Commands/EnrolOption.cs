using System.CommandLine;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>--enrol</c> of <c>predict</c> and <c>live</c>: recordings that enrol the speaker to classify.</summary>
internal static class EnrolOption
{
    public static Option<string[]> Create() => new("--enrol")
    {
        Description = "Enrol the speaker from unlabelled recordings in several emotions: files, folders, patterns; 30 s suffice",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The profile of the speaker in the recordings; null without recordings or if the model does not adapt to speakers.</summary>
    /// <exception cref="InvalidDataException">The recordings contain no speech.</exception>
    public static SpeakerProfile? Enrol(EmotionClassifier classifier, string[]? inputs, TextWriter errors, CancellationToken cancellation)
    {
        if (inputs is not { Length: > 0 })
            return null;
        if (!classifier.AdaptsToSpeaker)
        {
            string normalisation = Settings.KebabCase.From(classifier.Settings.Features.Normalisation);
            errors.WriteLine($"--enrol is ignored: the model {classifier.Settings.Name} does not adapt to speakers " +
                $"(Features.Normalisation = {normalisation})");
            return null;
        }
        IReadOnlyList<string> files = InputFiles.Expand(inputs, errors);
        try
        {
            var warnings = new WarningLog(errors.WriteLine);
            SpeakerProfile speaker = classifier.Enrol(
                files.Select(file => AudioReader.Open(file, warnings, refusePipes: false, cancellation)), cancellation);
            string recordings = files.Count == 1 ? "1 recording" : FormattableString.Invariant($"{files.Count} recordings");
            errors.WriteLine(FormattableString.Invariant($"speaker enrolled: {speaker.Seconds:0.0} s of speech in {recordings}"));
            return speaker;
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"--enrol {string.Join(' ', inputs)}: no speech found in the recordings", fault);
        }
    }
}
