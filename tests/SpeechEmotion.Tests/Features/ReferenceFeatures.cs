using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Features;

/// <summary>The definitions written out in double, without a thought for speed: what the extractor must equal for any settings and signal.</summary>
internal static class ReferenceFeatures
{
    /// <summary>Power spectra [frames][bins] of centred frames under a periodic Hann window.</summary>
    public static double[][] Power(float[] samples, int frameLength, int fftLength, int hop)
    {
        (double Sin, double Cos)[] circle = [.. Enumerable.Range(0, fftLength).Select(i => Math.SinCos(2 * Math.PI * i / fftLength))];
        int pad = (fftLength - frameLength) / 2;
        return [.. Enumerable.Range(0, 1 + samples.Length / hop).Select(frame =>
        {
            double[] windowed = new double[fftLength];
            for (int i = 0; i < frameLength; i++)
            {
                int at = frame * hop - fftLength / 2 + pad + i;
                if (at >= 0 && at < samples.Length)
                    windowed[pad + i] = samples[at] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / frameLength));
            }
            return Enumerable.Range(0, fftLength / 2 + 1).Select(bin =>
            {
                double re = 0, im = 0;
                for (int i = 0; i < fftLength; i++)
                {
                    re += windowed[i] * circle[i * bin % fftLength].Cos;
                    im += windowed[i] * circle[i * bin % fftLength].Sin;
                }
                return re * re + im * im;
            }).ToArray();
        })];
    }

    /// <summary>Log-mel values [frames][bands] in dB.</summary>
    public static double[][] Mel(double[][] power, FeatureSettings settings)
    {
        double low = Slaney(settings.MelLow), high = Slaney(settings.MelHigh > 0 ? settings.MelHigh : settings.SampleRate / 2.0);
        double[] edges = [.. Enumerable.Range(0, settings.MelBands + 2).Select(i => Hertz(low + (high - low) * i / (settings.MelBands + 1)))];
        double[][] mel = [.. power.Select(frame => Enumerable.Range(0, settings.MelBands).Select(band =>
        {
            double sum = 0;
            for (int bin = 0; bin < frame.Length; bin++)
            {
                double hertz = (double)bin * settings.SampleRate / settings.FftLength;
                double up = (hertz - edges[band]) / (edges[band + 1] - edges[band]), down = (edges[band + 2] - hertz) / (edges[band + 2] - edges[band + 1]);
                sum += frame[bin] * Math.Max(0, Math.Min(up, down)) * 2 / (edges[band + 2] - edges[band]);
            }
            return 10 * Math.Log10(Math.Max(1e-10, sum));
        }).ToArray())];
        double floor = settings.TopDb > 0 ? mel.Max(frame => frame.Max()) - settings.TopDb : double.NegativeInfinity;
        return [.. mel.Select(frame => frame.Select(value => Math.Max(value, floor)).ToArray())];
    }

    /// <summary>Orthonormal DCT-II coefficients [frames][coefficients].</summary>
    public static double[][] Mfcc(double[][] mel, int count) =>
        [.. mel.Select(frame => Enumerable.Range(0, count).Select(k =>
            Math.Sqrt((k == 0 ? 1.0 : 2.0) / frame.Length) * frame.Select((value, i) => value * Math.Cos(Math.PI * k * (i + 0.5) / frame.Length)).Sum()).ToArray())];

    private static double Slaney(double hertz) => hertz < 1000 ? 3 * hertz / 200 : 15 + 27 * Math.Log(hertz / 1000) / Math.Log(6.4);

    private static double Hertz(double mel) => mel < 15 ? 200 * mel / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);
}
