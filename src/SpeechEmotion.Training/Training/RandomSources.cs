using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// The random number generators of one clip of a batch. With P×K sampling the clips of a group draw the same speaker, environment
/// and enrolment, so that augmentation turns them into one artificial speaker in the same acoustic conditions.
/// </summary>
/// <param name="Clip">Tempo, crop, masks and statistics perturbation.</param>
/// <param name="Speaker">Speed, VTLP and equaliser.</param>
/// <param name="Environment">Reverberation, babble and noise.</param>
/// <param name="Enrolment">Whether and with which utterances the speaker is enrolled.</param>
internal readonly record struct RandomSources(SeededRandom Clip, SeededRandom Speaker, SeededRandom Environment, SeededRandom Enrolment)
{
    /// <summary>The generators of a clip: functions of the seed and its place alone, so that clips can be prepared in parallel.</summary>
    /// <param name="settings">Seed and sampling.</param>
    /// <param name="batch">Epoch and index of the batch, separated by a space.</param>
    /// <param name="clip">Index of the clip in the batch.</param>
    /// <param name="group">Index of its group in the batch.</param>
    public static RandomSources Create(RunSettings settings, string batch, int clip, int group)
    {
        SeededRandom own = Seeds.Random(settings.Seed, $"clip {batch} {clip}");
        return settings.Training.UtterancesPerSpeaker == 1
            ? new RandomSources(own, own, own, own)
            : new RandomSources(own, ForGroup("voice"), ForGroup("surroundings"), ForEnrolment(settings, batch, group));

        SeededRandom ForGroup(string name) => Seeds.Random(settings.Seed, $"{name} {batch} {group}");
    }

    /// <summary>The generator that decides on the enrolment of a group.</summary>
    public static SeededRandom ForEnrolment(RunSettings settings, string batch, int group) =>
        Seeds.Random(settings.Seed, $"known {batch} {group}");
}
