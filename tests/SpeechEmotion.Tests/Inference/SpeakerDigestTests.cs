using SpeechEmotion.Inference;

namespace SpeechEmotion.Tests.Inference;

internal sealed class SpeakerDigestTests
{
    private static readonly string[] Sounds = [new string('a', 64), new string('b', 64), new string('a', 64)];

    [Test]
    public void Create_Recordings_AreHashesOfEightCharactersWithoutRepetition()
    {
        SpeakerDigest digest = SpeakerDigest.Create("ravdess", "Actor_01", Sounds);
        // The first six bytes are aa aa … and bb bb …: in Base64url "qqqq" and "u7u7".
        Assert.That(digest.Recordings, Is.EqualTo("qqqqqqqqu7u7u7u7"));
        Assert.That(digest.Count, Is.EqualTo(2));
        Assert.That(digest.SplitRecordings(), Is.EqualTo(new[] { "qqqqqqqq", "u7u7u7u7" }));
    }

    [Test]
    public void Create_Names_AreNotInIt()
    {
        SpeakerDigest digest = SpeakerDigest.Create("ravdess", "Actor_01", Sounds);
        Assert.That(digest.ToString(), Does.Not.Contain("ravdess").And.Not.Contain("Actor"));
        Assert.That(digest.Speaker, Is.EqualTo(SpeakerDigest.HashName("Actor_01")).And.Length.EqualTo(SpeakerDigest.HashLength));
        Assert.That(SpeakerDigest.Create("ravdess", "", Sounds).Speaker, Is.Empty);
    }
}
