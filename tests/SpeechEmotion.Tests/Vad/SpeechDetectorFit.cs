using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Tests.Vad;

/// <summary>
/// Where <see cref="SpeechDetector.Weights"/> come from: logistic regression on VAD frames of synthetic speech. After a
/// change of the features: <c>dotnet test -c Release --filter FullyQualifiedName~SpeechDetectorFit --logger
/// "console;verbosity=detailed"</c>.
/// </summary>
public class SpeechDetectorFit
{
    [Test]
    public void Weights_AreThoseThatSyntheticSpeechGives()
    {
        var speakers = new SyntheticCorpus(new SyntheticSettings { Speakers = 8, UtterancesPerEmotion = 1 });
        float[][] clips = [.. Enumerable.Range(0, 56).Select(i => speakers.Render(i).Samples)];
        var decisions = new List<(double[] Values, bool IsSpeech)>();
        foreach (SceneNoise noise in new[] { SceneNoise.White, SceneNoise.Pink, SceneNoise.Hum, SceneNoise.Clicks })
            foreach (int snr in new[] { 20, 10, 5 })
                decisions.AddRange(Decisions(SpeechScene.Make(clips, noise, snr, seed: 100 + snr)));
        double[] weights = Fit(decisions);
        TestContext.Out.WriteLine($"{decisions.Count} decisions: {string.Join(", ", weights.Select(weight => weight.ToString("0.000")))}");
        Assert.That(SpeechDetector.Weights, Is.EqualTo(weights).Within(2).Percent);
    }

    private static IEnumerable<(double[], bool)> Decisions(SpeechScene scene)
    {
        const int decision = 512;
        bool?[] truth = scene.Truth(decision);
        var evidence = new VadFeatures(new LiveSettings(), TestSignals.Rate, decision);
        for (int i = 0; i < truth.Length; i++)
        {
            double[] values = [.. evidence.Next(scene.Samples.AsSpan(i * decision, decision)), 1];
            if (truth[i] is { } isSpeech)
                yield return (values, isSpeech);
        }
    }

    /// <summary>Newton's method; the weak pull to 0 keeps the matrix invertible.</summary>
    private static double[] Fit(List<(double[] Values, bool IsSpeech)> decisions)
    {
        const double ridge = 1e-3;
        int n = decisions[0].Values.Length;
        double[] weights = new double[n];
        for (int step = 0; step < 15; step++)
        {
            double[,] system = new double[n, n + 1]; // Hessian, and the gradient as last column
            for (int i = 0; i < n; i++)
                (system[i, i], system[i, n]) = (ridge, -ridge * weights[i]);
            foreach ((double[] values, bool isSpeech) in decisions)
            {
                double odds = 0;
                for (int i = 0; i < n; i++)
                    odds += weights[i] * values[i];
                double probability = 1 / (1 + Math.Exp(-odds)), curvature = probability * (1 - probability);
                for (int i = 0; i < n; i++)
                {
                    system[i, n] += ((isSpeech ? 1 : 0) - probability) * values[i];
                    for (int j = 0; j < n; j++)
                        system[i, j] += curvature * values[i] * values[j];
                }
            }
            Solve(system);
            for (int i = 0; i < n; i++)
                weights[i] += system[i, n];
        }
        return weights;
    }

    private static void Solve(double[,] system)
    {
        int n = system.GetLength(0);
        for (int row = 0; row < n; row++)
        {
            double pivot = system[row, row];
            for (int column = row; column <= n; column++)
                system[row, column] /= pivot;
            for (int other = 0; other < n; other++)
            {
                double factor = system[other, row];
                for (int column = row; column <= n && other != row; column++)
                    system[other, column] -= factor * system[row, column];
            }
        }
    }
}
