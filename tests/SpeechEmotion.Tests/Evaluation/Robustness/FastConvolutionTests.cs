using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class FastConvolutionTests
{
    [TestCase(1, 1)]
    [TestCase(1, 50)]
    [TestCase(1000, 1)]
    [TestCase(1000, 50)]
    [TestCase(513, 512)]
    public void Apply_AnyLengths_EqualsTheSum(int samples, int response)
    {
        float[] x = TestSignals.Noise(samples);
        double[] h = [.. TestSignals.Noise(response, 2).Select(value => (double)value)];
        double[] expected = [.. Enumerable.Range(0, samples)
            .Select(n => Enumerable.Range(0, response).Where(k => k <= n).Sum(k => h[k] * x[n - k]))];
        Assert.That(new FastConvolution(h).Apply(x), Is.EqualTo(expected).Within(1e-6));
    }
}
