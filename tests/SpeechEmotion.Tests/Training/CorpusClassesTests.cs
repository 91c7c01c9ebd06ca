using SpeechEmotion.Features;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

internal sealed class CorpusClassesTests
{
    [Test]
    public void Mask_CorporaWithDifferentEmotions_LeavesOutWhatACorpusLacks()
    {
        var classes = new CorpusClasses([Clip("a", 0), Clip("a", 1), Clip("b", 1), Clip("b", 2)], 3);
        Assert.That(classes.Mask(["b", "a"]), Is.EqualTo(new float[] { 0, 1, 1, 1, 1, 0 }));
    }

    [Test]
    public void Mask_CorporaWithAllEmotions_IsEmpty() =>
        Assert.That(new CorpusClasses([Clip("a", 0), Clip("a", 1), Clip("b", 1), Clip("b", 0)], 2).Mask(["b", "a"]), Is.Empty);

    [Test]
    public void Mixup_ClipsOfDifferentCorpora_CanBeOfTheEmotionsOfEither()
    {
        using TrainingBatch batch = Mixup.Apply(
            new TrainingBatch(new PaddedBatch(3, 1, 1, 0), [0, 1, 2], ["", "", ""], new float[9])
            {
                Classes = [1, 1, 0, 0, 1, 1, 0, 1, 1],
            },
            0.4, Seeds.Random(1, "mixup"));
        Assert.That(batch.Classes, Is.EqualTo(new float[] { 1, 1, 1, 0, 1, 1, 1, 1, 1 }));
    }

    private static LabelledClip Clip(string corpus, int label) => new(new FeatureMatrix([0], 1, 1), label) { Corpus = corpus };
}
