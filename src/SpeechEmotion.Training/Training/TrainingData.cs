using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Models;

namespace SpeechEmotion.Training;

/// <summary>The input of a training, without the test part.</summary>
/// <param name="Training">The training part, at least two clips.</param>
/// <param name="Validation">The validation part, which selects the best epoch; may be empty.</param>
/// <param name="Labels">The emotions, in the order of the logits.</param>
/// <param name="Normaliser">Fitted on the training part alone.</param>
/// <param name="Provenance">The provenance that is stored in the checkpoints.</param>
internal sealed record TrainingData(
    IReadOnlyList<LabelledClip> Training,
    IReadOnlyList<LabelledClip> Validation,
    IReadOnlyList<string> Labels,
    FeatureNormaliser Normaliser,
    ModelProvenance Provenance)
{
    /// <summary>The training and validation part of a corpus; nothing of the test part is in it.</summary>
    /// <exception cref="InvalidDataException">All utterances have one label: there are no classes to tell apart.</exception>
    public static TrainingData Create(CorpusFeatures corpus, CorpusSplit split, RunSettings settings, Protocol protocol)
    {
        CorpusItem[] training = [.. split.ItemsOf(Part.Train, corpus.Corpus)];
        string[] labels = [.. training.Select(item => item.Utterance.Emotion).Distinct().Order(StringComparer.Ordinal)];
        if (labels.Length < 2)
            throw new InvalidDataException(
                $"{corpus.Corpus.DisplayName}: every utterance is {labels[0]}; at least two emotions are needed to train");
        CorpusItem[] validation = [.. split.ItemsOf(Part.Validation, corpus.Corpus)];
        LabelledClip[] clips = Clips(training);
        FeatureNormaliser normaliser = FeatureNormaliser.Fit(settings.Features.Normalisation, training.Select(corpus.FeaturesOf)) with
        {
            SpeakerModel = FeatureNormaliser.NeedsSpeakerModel(settings)
                ? SpeakerVarianceModel.Fit(
                    [.. clips.Select(clip => (clip.Statistics, clip.Speaker, settings.Features.ToSeconds(clip.Features.Frames)))])
                : null,
        };
        var provenance = new ModelProvenance
        {
            Corpus = corpus.Corpus.DisplayName,
            Protocol = protocol.Sentence,
            TrainingUtterances = training.Length,
            ValidationUtterances = validation.Length,
            Speakers = CreateDigests(corpus.Corpus, [.. training, .. validation]),
            Version = typeof(TrainingData).Assembly.GetName().Version!.ToString(3),
        };
        return new TrainingData(clips, Clips(validation), labels, normaliser, provenance);

        LabelledClip[] Clips(IEnumerable<CorpusItem> items) =>
        [
            .. items.Select(item => new LabelledClip(
                corpus.FeaturesOf(item), Array.IndexOf(labels, item.Utterance.Emotion), item.Utterance.Speaker)
            {
                Corpus = item.Utterance.Corpus,
                Waveform = corpus.SamplesOf(item),
            }),
        ];
    }

    /// <summary>The digests of all speakers, in the order of their hashes, which does not give the names away.</summary>
    private static SpeakerDigest[] CreateDigests(Corpora.Corpus corpus, IReadOnlyList<CorpusItem> items) =>
    [
        .. items
            .GroupBy(item => (item.Utterance.Corpus, item.Utterance.Speaker))
            .Select(speaker => SpeakerDigest.Create(
                speaker.Key.Corpus, SpeakerNames.WithoutCorpus(speaker.Key.Speaker),
                speaker.Select(item => item.SamplesSha256)) with
            {
                Landmarks = CompactFingerprint.Join(speaker.Select(item => item.Index).Distinct()
                    .Select(corpus.Fingerprints.GetValueOrDefault).OfType<Fingerprint>()),
            })
            .OrderBy(digest => digest.Corpus, StringComparer.Ordinal)
            .ThenBy(digest => digest.Speaker, StringComparer.Ordinal),
    ];
}
