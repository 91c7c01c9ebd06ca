namespace SpeechEmotion.Features;

/// <summary>The periodic Hann window (<c>scipy.signal.get_window("hann")</c>).</summary>
internal static class HannWindow
{
    /// <summary>
    /// A window of <paramref name="length"/> samples, centred in <paramref name="paddedLength"/> samples that are 0 outside it (as in
    /// librosa with <c>win_length</c> below <c>n_fft</c>).
    /// </summary>
    public static double[] Centred(int length, int paddedLength)
    {
        double[] window = new double[paddedLength];
        int first = (paddedLength - length) / 2;
        for (int i = 0; i < length; i++)
            window[first + i] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / length);
        return window;
    }
}
