using SpeechEmotion.Features;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public class DerivativesTests
{
    [Test]
    public void Fit_Line_GivesItsSlopeEverywhere([Values(2, 5, 8, 9, 10, 50)] int frames)
    {
        float[] row = [.. Enumerable.Range(0, frames).Select(t => 3f - 0.25f * t)];
        float[] slope = new float[frames];
        Derivatives.Fit(row, slope, 1);
        Assert.That(slope, Is.All.EqualTo(-0.25).Within(1e-5));
    }

    [Test]
    public void Fit_Parabola_GivesItsCurvatureEverywhere([Values(3, 6, 9, 31)] int frames)
    {
        float[] row = [.. Enumerable.Range(0, frames).Select(t => 1f + 2 * t + 0.5f * t * t)];
        float[] curvature = new float[frames];
        Derivatives.Fit(row, curvature, 2);
        Assert.That(curvature, Is.All.EqualTo(1).Within(1e-3));
    }

    [TestCase(1, 1)]
    [TestCase(1, 2)]
    [TestCase(2, 2)]
    public void Fit_TooFewFrames_IsZero(int frames, int order)
    {
        float[] derivative = TestSignals.Noise(frames);
        Derivatives.Fit(TestSignals.Noise(frames), derivative, order);
        Assert.That(derivative, Is.All.Zero);
    }

    // Savitzky–Golay coefficients of nine points as published: (−4 … 4)/60 and (28 7 −8 −17 −20 −17 −8 7 28)/462.
    [TestCase(1, new double[] { -4, -3, -2, -1, 0, 1, 2, 3, 4 }, 60)]
    [TestCase(2, new double[] { 28, 7, -8, -17, -20, -17, -8, 7, 28 }, 462)]
    public void Fit_Noise_IsThePublishedFilterWithRepeatedEnds(int order, double[] weights, double norm)
    {
        float[] row = TestSignals.Noise(40);
        float[] derivative = new float[40];
        Derivatives.Fit(row, derivative, order);
        for (int t = 0; t < 40; t++)
        {
            int centre = Math.Clamp(t, 4, 35);
            double expected = weights.Select((weight, i) => weight * row[centre - 4 + i]).Sum() / norm;
            Assert.That(derivative[t], Is.EqualTo(expected).Within(1e-6), $"frame {t}");
        }
    }
}
