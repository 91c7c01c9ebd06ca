using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class TrainingOverlapTests
{
    private static readonly Dictionary<int, Fingerprint> None = [];

    private static readonly ModelProvenance Trained = new()
    {
        Speakers =
        [
            Digest("ravdess", "Actor_01", "r1 a", "r1 b"),
            Digest("ravdess", "Actor_02", "r2 a"),
            Digest("tess", "OAF", "t a"),
        ],
    };

    [Test]
    public void Compute_TrainingFilesUnderAnotherCorpusAndName_AreSeen()
    {
        TrainingOverlap overlap = Compute(("mine/anna", "r1 a"), ("mine/anna", "new"));
        Assert.That((overlap.KnownRecordings, overlap.SeenSpeakers, overlap.UnknownSpeakers), Is.EqualTo((1, 1, 0)));
        Assert.That(Sentence(overlap), Does.Contain("1 of the 2 recordings was in training or validation")
            .And.Contain("The one test speaker was also seen in training or validation"));
    }

    [Test]
    public void Compute_OtherCorpusOfTheSameName_IsNotKnown()
    {
        TrainingOverlap overlap = Compute(("ravdess/Actor_01", "new a"), ("ravdess/Actor_99", "new b"));
        Assert.That((overlap.SeenSpeakers, overlap.UnseenSpeakers, overlap.UnknownSpeakers), Is.EqualTo((0, 0, 2)));
        Protocol protocol = Protocol.FromWholeCorpus(overlap);
        Assert.That(protocol.SpeakersInBothParts, Is.Null);
        Assert.That(protocol.Sentence,
            Does.Contain("None of the 2 recordings was in training or validation. Whether the 2 test speakers were")
            .And.Contain("is not known"));
    }

    [Test]
    public void Compute_OtherSpeakersOfARecognisedCorpus_AreUnseen()
    {
        TrainingOverlap overlap = Compute(
            ("data/Actor_01", "r1 a"), ("data/Actor_02", "held out"), ("data/Actor_03", "new a"), ("data/Actor_04", "new b"));
        Assert.That((overlap.SeenSpeakers, overlap.UnseenSpeakers, overlap.UnknownSpeakers), Is.EqualTo((2, 2, 0)));
        Assert.That(Sentence(overlap), Does.Contain("2 of 4 test speakers were also seen in training or validation")
            .And.Contain("2 of 4 test speakers were not seen in training: the corpus was there, without these speakers"));
    }

    [Test]
    public void Compute_RecognisedCorpusWithOtherNamesOfItsSpeakers_IsNotKnown()
    {
        TrainingOverlap overlap = Compute(("data/1", "r1 a"), ("data/2", "held out"));
        Assert.That((overlap.SeenSpeakers, overlap.UnseenSpeakers, overlap.UnknownSpeakers), Is.EqualTo((1, 0, 1)));
    }

    [Test]
    public void Compute_EveryRecordingOfTraining_SaysSo()
    {
        Protocol protocol = Protocol.FromWholeCorpus(Compute(("tess/OAF", "t a"), ("ravdess/Actor_02", "r2 a")));
        Assert.That((protocol.SpeakersInBothParts, protocol.RecordingsInBothParts), Is.EqualTo(((bool?)true, 2)));
        Assert.That(protocol.Sentence, Does.Contain("All 2 recordings were in training or validation: the results hold for recordings")
            .And.Not.Contain("speakers"));
    }

    [Test]
    public void Compute_CheckpointWithoutRecord_IsNotKnown()
    {
        TrainingOverlap overlap = TrainingOverlap.Compute(new ModelProvenance(), [Item("tess/OAF", "t a")], None);
        Assert.That(Protocol.FromWholeCorpus(overlap).SpeakersInBothParts, Is.Null);
        Assert.That(Sentence(overlap), Does.Contain("does not record its training data"));
    }

    [Test]
    public void Compute_UnnamedSpeakers_IsNotKnownUnlessARecordingTells()
    {
        Assert.That(Protocol.FromWholeCorpus(Compute(("", "new"))).SpeakersInBothParts, Is.Null);
        Assert.That(Protocol.FromWholeCorpus(Compute(("", "t a"))).SpeakersInBothParts, Is.True);
    }

    [Test]
    public void Compute_QuieterCopyOfATrainingRecording_IsSeen()
    {
        ModelProvenance trained = new()
        {
            Speakers =
            [
                Digest("mine", "anna", "a") with { Landmarks = CompactFingerprint.Join([Print(1, 1), Print(2, 1)]) },
                Digest("mine", "ben", "b") with { Landmarks = CompactFingerprint.Join([Print(3, 1)]) },
            ],
        };
        CorpusItem copy = Item("mp3/anna", "copy"), other = Item("mp3/ben", "other") with { Index = 1 };
        TrainingOverlap overlap = TrainingOverlap.Compute(trained, [copy, other],
            new Dictionary<int, Fingerprint> { [0] = Print(2, 0.3f), [1] = Print(4, 1) });
        Assert.That((overlap.KnownRecordings, overlap.SeenSpeakers), Is.EqualTo((1, 2)), "the names of a recognised corpus tell");
        Assert.That(Sentence(overlap), Does.Contain("1 of the 2 recordings was in training or validation"));

        static Fingerprint Print(int sound, float gain) => Fingerprint.Compute(
            new Waveform(Array.ConvertAll(TestSignals.Speech(sound), x => x * gain), TestSignals.Rate))!;
    }

    private static string Sentence(TrainingOverlap overlap) => Protocol.FromWholeCorpus(overlap).Sentence;

    private static TrainingOverlap Compute(params (string Speaker, string Sound)[] test) =>
        TrainingOverlap.Compute(Trained, [.. test.Select(each => Item(each.Speaker, each.Sound))], None);

    private static SpeakerDigest Digest(string corpus, string speaker, params string[] sounds) =>
        SpeakerDigest.Create(corpus, speaker, sounds.Select(Sha256));

    private static CorpusItem Item(string speaker, string sound) =>
        new(0, new Utterance($"{sound}.wav", "anger", speaker, ""), Sha256(sound + " file"), 1, 16000, 0) { SamplesSha256 = Sha256(sound) };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
