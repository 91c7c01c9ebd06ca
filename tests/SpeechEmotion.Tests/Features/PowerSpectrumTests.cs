using SpeechEmotion.Features;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public unsafe class PowerSpectrumTests
{
    [Test]
    public void Compute_AgainstNaiveTransform_EqualsInEveryLane(
        [Values(32, 64, 128, 256, 512, 1024, 2048, 4096)] int length, [Values(160, 100, 512, 3)] int hop)
    {
        FrameColumns columns = new(hop, length, 16);
        double[] window = HannWindow.Centred(length - length / 5, length);
        float[] samples = TestSignals.Noise(length + 20 * hop);
        PowerSpectrum spectrum = new(length, window, columns);
        AlignedFloats edge = new(columns.EdgeLength), table = new(columns.TableLength);
        AlignedFloats transform = new(16 * spectrum.TransformLength), power = new(16 * spectrum.Bins);
        columns.Fill(samples, 0, 16, edge.Pointer, table.Pointer);
        spectrum.Compute<Lanes512>(table.Pointer, transform.Pointer, power.Pointer);

        foreach (int frame in new[] { 0, 7, 15 })
        {
            double[] expected = NaivePower(samples, frame * hop - length / 2, window);
            double peak = expected.Max();
            for (int bin = 0; bin < spectrum.Bins; bin++)
                Assert.That(power.Span[bin * 16 + frame], Is.EqualTo(expected[bin]).Within(1e-6 * peak), $"frame {frame}, bin {bin}");
        }
    }

    [Test]
    public void Compute_SineOnABin_LeavesOtherBinsBelowMinus130Decibels()
    {
        const int length = 2048;
        FrameColumns columns = new(length, length, 16);
        PowerSpectrum spectrum = new(length, HannWindow.Centred(length, length), columns);
        AlignedFloats edge = new(columns.EdgeLength), table = new(columns.TableLength);
        AlignedFloats transform = new(16 * spectrum.TransformLength), power = new(16 * spectrum.Bins);
        columns.Fill(TestSignals.Sine(20 * length, 100, length, 1), 0, 16, edge.Pointer, table.Pointer);
        spectrum.Compute<Lanes512>(table.Pointer, transform.Pointer, power.Pointer);

        float[] frame = [.. Enumerable.Range(0, spectrum.Bins).Select(bin => power.Span[bin * 16 + 8])];
        Assert.That(frame[100], Is.EqualTo(length / 4.0 * (length / 4.0)).Within(0.01).Percent);
        for (int bin = 0; bin < frame.Length; bin++)
            if (Math.Abs(bin - 100) > 1)
                Assert.That(frame[bin], Is.LessThan(1e-13 * frame[100]), $"bin {bin}");
    }

    // The definition, in double.
    private static double[] NaivePower(float[] samples, int start, double[] window)
    {
        int length = window.Length;
        double[] power = new double[length / 2 + 1];
        (double Sin, double Cos)[] circle = [.. Enumerable.Range(0, length).Select(i => Math.SinCos(2 * Math.PI * i / length))];
        for (int bin = 0; bin < power.Length; bin++)
        {
            double re = 0, im = 0;
            for (int i = 0; i < length; i++)
            {
                if (start + i < 0 || start + i >= samples.Length)
                    continue;
                double value = samples[start + i] * window[i];
                (double sin, double cos) = circle[(int)((long)i * bin % length)];
                re += value * cos;
                im -= value * sin;
            }
            power[bin] = re * re + im * im;
        }
        return power;
    }
}
