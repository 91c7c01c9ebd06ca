using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Adaptation;

public class FeatureNormaliserTests
{
    [Test]
    public void Fit_Corpus_CountsEveryFrameAlike()
    {
        // First feature: 1, 3 | 5 → mean 3, variance (4 + 0 + 4) / 3. Second: 2, 2 | 8 → mean 4, variance (4 + 4 + 16) / 3.
        FeatureNormaliser normaliser = FeatureNormaliser.Fit(Normalisation.Corpus, [new([1, 3, 2, 2], 2, 2), new([5, 8], 2, 1)]);
        Assert.That(normaliser.Mean, Is.EqualTo(new[] { 3f, 4f }));
        Assert.That(normaliser.StandardDeviation[0], Is.EqualTo(Math.Sqrt(8 / 3.0)).Within(1e-6));
        Assert.That(normaliser.StandardDeviation[1], Is.EqualTo(Math.Sqrt(8)).Within(1e-6));

        FeatureMatrix clip = normaliser.Normalised(new([3, 5, 0, 4], 2, 2));
        Assert.That(clip.Values, Is.EqualTo(new[] { 0, 2 / Math.Sqrt(8 / 3.0), -4 / Math.Sqrt(8), 0 }).Within(1e-6));
    }

    [Test]
    public void Apply_Utterance_UsesTheClipAlone()
    {
        FeatureNormaliser normaliser = FeatureNormaliser.Fit(Normalisation.Utterance, [new([100, 900], 1, 2)]);
        Assert.That(normaliser.Mean, Is.Empty);
        // Mean 2, standard deviation sqrt(2/3).
        Assert.That(normaliser.Normalised(new([1, 2, 3], 1, 3)).Values,
            Is.EqualTo(new[] { -Math.Sqrt(1.5), 0, Math.Sqrt(1.5) }).Within(1e-6));
    }

    [TestCase(Normalisation.Corpus)]
    [TestCase(Normalisation.Utterance)]
    public void Apply_ConstantFeature_IsZeroNotNoise(Normalisation kind)
    {
        FeatureMatrix clip = new([7, 7, 7], 1, 3);
        Assert.That(FeatureNormaliser.Fit(kind, [clip]).Normalised(clip).Values, Is.All.EqualTo(0f));
    }

    [Test]
    public void Apply_LargeOffset_KeepsTheStandardDeviation()
    {
        // Decibels stand far from 0 compared with how little some of them vary.
        FeatureMatrix clip = new([-1000.01f, -1000, -999.99f], 1, 3);
        float[] expected = FeatureNormaliser.Fit(Normalisation.Utterance, []).Normalised(clip).Values;
        Assert.That(FeatureNormaliser.Fit(Normalisation.Corpus, [clip]).Normalised(clip).Values, Is.EqualTo(expected).Within(0.02));
    }

    [Test]
    public void Apply_None_ChangesNothing()
    {
        Assert.That(FeatureNormaliser.Fit(Normalisation.None, []).Normalised(new([1, 2, 3], 1, 3)).Values, Is.EqualTo(new[] { 1f, 2, 3 }));
    }

    [Test]
    public void Normalised_LeavesTheClip()
    {
        FeatureMatrix clip = new([1, 2, 3], 1, 3);
        FeatureNormaliser.Fit(Normalisation.Utterance, []).Normalised(clip);
        Assert.That(clip.Values, Is.EqualTo(new[] { 1f, 2, 3 }));
    }

    [Test]
    public void Apply_OtherNumberOfFeatures_IsRefused()
    {
        FeatureNormaliser normaliser = FeatureNormaliser.Fit(Normalisation.Corpus, [new([1, 2], 2, 1)]);
        Assert.That(() => normaliser.Apply(new([1, 2, 3], 3, 1)),
            Throws.ArgumentException.With.Message.Contains("3 features, the normaliser 2"));
        Assert.That(() => new FeatureNormaliser(Normalisation.Corpus, [1], []), Throws.ArgumentException);
    }
}
