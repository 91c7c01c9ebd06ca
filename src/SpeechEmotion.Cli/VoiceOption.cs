using System.CommandLine;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Cli;

/// <summary><c>--voice</c> of <c>predict</c> and <c>live</c>: recordings of the voice that is to be judged, from which it becomes known.</summary>
internal static class VoiceOption
{
    public static Option<string[]> Create() => new("--voice")
    {
        Description = "Recordings of the voice that is heard, in several emotions, without labels: files, folders or patterns; 30 s of speech are plenty",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The voice of the recordings; null without any.</summary>
    /// <exception cref="InvalidDataException">There is no speech in them.</exception>
    public static VoiceProfile? Enrol(EmotionClassifier classifier, string[]? inputs, TextWriter errors, CancellationToken cancellation)
    {
        if (inputs is not { Length: > 0 })
            return null;
        if (!classifier.AdaptsToVoices)
        {
            errors.WriteLine($"--voice: the model {classifier.Settings.Name} does not adapt to voices (Features.Normalisation = {Settings.KebabCase.Of(classifier.Settings.Features.Normalisation)}); it is not used");
            return null;
        }
        IReadOnlyList<string> files = InputFiles.Expand(inputs);
        try
        {
            VoiceProfile voice = classifier.Enrol(files.Select(file => AudioFile.Read(file, errors.WriteLine, cancellation)), cancellation);
            errors.WriteLine(FormattableString.Invariant($"voice: {voice.Seconds:0.0} s of speech heard in {files.Count} recording{(files.Count == 1 ? "" : "s")}"));
            return voice;
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"--voice {string.Join(' ', inputs)}: no speech was found there", fault);
        }
    }
}
