using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Features;

/// <summary>The definitions in double precision, without optimisation: the extractor must equal them for any settings and signal.</summary>
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
        double[] edges = [.. Enumerable.Range(0, settings.MelBands + 2)
            .Select(i => Hertz(low + (high - low) * i / (settings.MelBands + 1)))];
        double[][] mel = [.. power.Select(frame => Enumerable.Range(0, settings.MelBands).Select(band =>
        {
            double sum = 0;
            for (int bin = 0; bin < frame.Length; bin++)
            {
                double hertz = (double)bin * settings.SampleRate / settings.FftLength;
                double up = (hertz - edges[band]) / (edges[band + 1] - edges[band]),
                    down = (edges[band + 2] - hertz) / (edges[band + 2] - edges[band + 1]);
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
            Math.Sqrt((k == 0 ? 1.0 : 2.0) / frame.Length)
                * frame.Select((value, i) => value * Math.Cos(Math.PI * k * (i + 0.5) / frame.Length)).Sum()).ToArray())];

    /// <summary>Pitch classes [frames][classes], tuning 0, as librosa.filters.chroma and librosa.feature.chroma_stft say.</summary>
    public static double[][] Chroma(double[][] power, FeatureSettings settings)
    {
        int classes = settings.Chroma, bins = settings.ChromaFftLength / 2 + 1;
        double Pitch(int bin) => bin == 0 ? Pitch(1) - 1.5 * classes
            : classes * Math.Log2((double)bin * settings.SampleRate / settings.ChromaFftLength / 27.5);
        double half = Math.Round(classes / 2.0, MidpointRounding.ToEven);
        double[][] weights = [.. Enumerable.Range(0, bins).Select(bin =>
        {
            double width = Math.Max(1, Pitch(bin + 1) - Pitch(bin));
            double[] bumps = [.. Enumerable.Range(0, classes).Select(pitchClass =>
            {
                double away = (Pitch(bin) - pitchClass + half + 10 * classes) % classes;
                away = (away < 0 ? away + classes : away) - half;
                return Math.Exp(-2 * Math.Pow(away / width, 2));
            })];
            double norm = Math.Sqrt(bumps.Sum(bump => bump * bump)), octave = Math.Exp(-0.5 * Math.Pow((Pitch(bin) / classes - 5) / 2, 2));
            // Class 0 of the formula is A; three semitones above it stands C.
            return Enumerable.Range(0, classes).Select(row => bumps[(row + 3 * (classes / 12)) % classes] / norm * octave).ToArray();
        })];
        return [.. power.Select(frame =>
        {
            double[] sums = [.. Enumerable.Range(0, classes).Select(row => frame.Select((value, bin) => value * weights[bin][row]).Sum())];
            double largest = sums.Max();
            return sums.Select(sum => largest < 1.17549435e-38 ? sum : sum / largest).ToArray();
        })];
    }

    /// <summary>Centre of gravity of the magnitudes, one a frame.</summary>
    public static double[] Centroid(double[][] power, FeatureSettings settings) => [.. power.Select(frame =>
    {
        double all = frame.Sum(Math.Sqrt);
        return all == 0 ? 0 : frame.Select((value, bin) => Math.Sqrt(value) * bin * settings.SampleRate / settings.FftLength).Sum() / all;
    })];

    /// <summary>Root of the mean square of centred frames, zeros outside.</summary>
    public static double[] Rms(float[] samples, int length, int hop) =>
        [.. Enumerable.Range(0, 1 + samples.Length / hop).Select(frame => Math.Sqrt(Enumerable.Range(frame * hop - length / 2, length)
            .Where(at => at >= 0 && at < samples.Length).Sum(at => (double)samples[at] * samples[at]) / length))];

    /// <summary>Share of neighbours of unlike sign in centred frames, the end values repeated.</summary>
    public static double[] Zcr(float[] samples, int length, int hop)
    {
        bool Negative(int at) => samples[Math.Clamp(at, 0, samples.Length - 1)] < -1e-10f;
        return [.. Enumerable.Range(0, 1 + samples.Length / hop).Select(frame =>
            Enumerable.Range(frame * hop - length / 2 + 1, length - 1).Count(at => Negative(at) != Negative(at - 1)) / (double)length)];
    }

    private static double Slaney(double hertz) => hertz < 1000 ? 3 * hertz / 200 : 15 + 27 * Math.Log(hertz / 1000) / Math.Log(6.4);

    private static double Hertz(double mel) => mel < 15 ? 200 * mel / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);
}
