using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class CorpusDigestTests
{
    [Test]
    public void Create_OtherNamesOfFilesAndCorpus_HaveTheSameHash() =>
        Assert.That(Digest("a.wav", "b.wav", "anger", "one").Sha256, Is.EqualTo(Digest("y.wav", "x.wav", "anger", "two").Sha256));

    [Test]
    public void Create_OtherLabel_HasAnother() =>
        Assert.That(Digest("a.wav", "b.wav", "anger", "one").Sha256, Is.Not.EqualTo(Digest("a.wav", "b.wav", "fear", "one").Sha256));

    private static CorpusDigest Digest(string first, string second, string emotion, string corpus)
    {
        CorpusListing listing = CorpusListing.FromMemory(
        [
            (new Utterance(first, emotion, $"{corpus}/anna", ""), () => new Waveform(TestSignals.Noise(8000, seed: 1), 16000)),
            (new Utterance(second, "calm", $"{corpus}/bert", ""), () => new Waveform(TestSignals.Noise(8000, seed: 2), 16000)),
        ]);
        return CorpusDigest.Create(Corpus.Read(listing, 16000, (_, _) => { }, null, 1, CancellationToken.None));
    }
}
