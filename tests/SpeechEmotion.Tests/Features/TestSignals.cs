namespace SpeechEmotion.Tests.Features;

/// <summary>Signals that feature tests share.</summary>
internal static class TestSignals
{
    /// <summary>White noise from −0.5 to 0.5.</summary>
    public static float[] Noise(int samples, int seed = 1)
    {
        Random random = new(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++)
            noise[i] = (float)(random.NextDouble() - 0.5);
        return noise;
    }

    public static float[] Sine(int samples, double hertz, int sampleRate = 16000, double amplitude = 0.5)
    {
        float[] sine = new float[samples];
        for (int i = 0; i < samples; i++)
            sine[i] = (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate));
        return sine;
    }

    public static float[] Constant(int samples, float value)
    {
        float[] constant = new float[samples];
        Array.Fill(constant, value);
        return constant;
    }
}
