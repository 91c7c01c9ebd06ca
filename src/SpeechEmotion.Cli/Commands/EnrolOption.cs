using System.CommandLine;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.Commands;

/// <summary><c>--enrol</c> of <c>predict</c> and <c>live</c>: recordings of the voice that is to be judged, from which it becomes known.</summary>
internal static class EnrolOption
{
    public static Option<string[]> Create() => new("--enrol")
    {
        Description = "Recordings of the voice that is heard, in several emotions, without labels: files, folders or patterns; 30 s of speech are plenty",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The voice of the recordings; null without any.</summary>
    /// <exception cref="InvalidDataException">There is no speech in them.</exception>
    public static SpeakerProfile? Enrol(EmotionClassifier classifier, string[]? inputs, TextWriter errors, CancellationToken cancellation)
    {
        if (inputs is not { Length: > 0 })
            return null;
        if (!classifier.AdaptsToSpeaker)
        {
            errors.WriteLine($"--enrol: the model {classifier.Settings.Name} does not adapt to voices (Features.Normalisation = {Settings.KebabCase.From(classifier.Settings.Features.Normalisation)}); it is not used");
            return null;
        }
        IReadOnlyList<string> files = InputFiles.Expand(inputs);
        try
        {
            SpeakerProfile speaker = classifier.Enrol(files.Select(file => AudioFile.Read(file, new WarningLog(errors.WriteLine), cancellation)), cancellation);
            errors.WriteLine(FormattableString.Invariant($"voice: {speaker.Seconds:0.0} s of speech heard in {files.Count} recording{(files.Count == 1 ? "" : "s")}"));
            return speaker;
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"--enrol {string.Join(' ', inputs)}: no speech was found there", fault);
        }
    }
}
