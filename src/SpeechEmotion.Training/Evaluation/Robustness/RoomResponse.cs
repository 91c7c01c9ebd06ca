namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// Impulse response of a rectangular room by the image-source method (Allen and Berkley 1979), with equal walls. Reflection coefficients
/// are negative, so that low frequencies do not accumulate (Lehmann and Johansson 2008). Sample 0 is the direct sound, of amplitude 1.
/// </summary>
internal sealed class RoomResponse
{
    private const double SpeedOfSound = 343; // m/s

    private readonly FastConvolution convolution;

    /// <param name="room">Length, width and height in metres.</param>
    /// <param name="source">Position of the mouth in metres.</param>
    /// <param name="microphone">Position of the microphone in metres.</param>
    /// <param name="absorption">Share of the energy that a wall absorbs, between 0 and 1.</param>
    /// <param name="seconds">Length of the response.</param>
    /// <param name="sampleRate">Sample rate in Hz.</param>
    public RoomResponse(double[] room, double[] source, double[] microphone, double absorption, double seconds, int sampleRate)
    {
        double direct = Distance(source, microphone);
        Samples = new double[(int)(seconds * sampleRate)];
        double reach = direct + (seconds * SpeedOfSound), reflection = Math.Sqrt(1 - absorption);
        int[] limits = Array.ConvertAll(room, side => (int)(reach / (2 * side)) + 1);
        foreach ((double dx, int rx) in Images(room[0], source[0], microphone[0], limits[0]))
            foreach ((double dy, int ry) in Images(room[1], source[1], microphone[1], limits[1]))
                foreach ((double dz, int rz) in Images(room[2], source[2], microphone[2], limits[2]))
                {
                    double distance = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
                    int at = (int)Math.Round((distance - direct) / SpeedOfSound * sampleRate);
                    if (at < Samples.Length)
                        Samples[at] += direct / distance * Math.Pow(-reflection, rx + ry + rz);
                }
        convolution = new FastConvolution(Samples);
    }

    /// <summary>A room of 4 × 3 × 2.5 m, the microphone at 1 m: reverberation time 0.3 s.</summary>
    public static RoomResponse Small(int sampleRate) =>
        new([4, 3, 2.5], [1.2, 1.1, 1.5], [2.1, 1.5, 1.3], 0.272, 0.6, sampleRate);

    /// <summary>A room of 12 × 9 × 4 m, the microphone at 3 m: reverberation time 1 s.</summary>
    public static RoomResponse Large(int sampleRate) =>
        new([12, 9, 4], [4, 3.5, 1.6], [6.7, 4.8, 1.4], 0.243, 1.5, sampleRate);

    /// <summary>The response.</summary>
    public double[] Samples { get; }

    /// <summary>
    /// An utterance in the room, of its own length: the reverberation after its end is cut off. Its RMS is that of the utterance, as after
    /// adjustment of the recording level.
    /// </summary>
    public float[] Reverberate(float[] samples)
    {
        float[] wet = convolution.Apply(samples);
        double level = Level.Rms(wet);
        return level == 0 ? wet : Level.Scale(wet, Level.Rms(samples) / level);
    }

    /// <summary>Distances of the images along one axis, with their numbers of reflections.</summary>
    private static List<(double Distance, int Reflections)> Images(double side, double source, double microphone, int limit)
    {
        List<(double, int)> images = [];
        for (int n = -limit; n <= limit; n++)
        {
            images.Add(((2 * n * side) + source - microphone, Math.Abs(2 * n)));
            images.Add(((2 * n * side) - source - microphone, Math.Abs((2 * n) - 1)));
        }
        return images;
    }

    private static double Distance(double[] from, double[] to) =>
        Math.Sqrt(from.Zip(to, (a, b) => (a - b) * (a - b)).Sum());
}
