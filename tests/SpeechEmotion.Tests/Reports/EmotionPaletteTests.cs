using SpeechEmotion.Reports;

namespace SpeechEmotion.Tests.Reports;

internal sealed class EmotionPaletteTests
{
    [Test]
    public void For_CanonicalLabels_AllDifferInColourLetterAndMarker()
    {
        IReadOnlyList<EmotionInk> inks = EmotionPalette.For(Emotion.All);
        Assert.Multiple(() =>
        {
            Assert.That(inks, Has.Count.EqualTo(Emotion.All.Count));
            Assert.That(inks.Select(ink => ink.Color), Is.Unique);
            Assert.That(inks.Select(ink => ink.Letter), Is.Unique);
            Assert.That(inks.Select(ink => ink.Marker), Is.Unique);
        });
    }

    [Test]
    public void For_AnEmotion_IsTheSameAmongOthers()
    {
        Assert.That(EmotionPalette.For(["fear"])[0], Is.EqualTo(EmotionPalette.For(Emotion.All)[4]));
    }

    [Test]
    public void For_OtherLabels_TakeInksThatAreFree()
    {
        IReadOnlyList<EmotionInk> inks = EmotionPalette.For(["anger", "joy", "", "sadness"]);
        Assert.That(inks.Select(ink => ink.Color), Is.Unique);
        Assert.That(inks.Select(ink => ink.Letter), Is.EqualTo(new[] { 'A', 'J', '?', 'S' }));
    }
}
