using static TorchSharp.torch;

namespace SpeechEmotion.Pipeline;

/// <summary>The threads of libtorch, which belong to the process.</summary>
public static class TorchThreads
{
    /// <summary>Gives libtorch its share of the threads of a training.</summary>
    /// <remarks>
    /// libtorch gets one thread less than all, because another one makes the next batch. Its threads wait for each other by spinning: with
    /// more of them than free cores a training takes up to ten times as long.
    /// </remarks>
    public static void Use(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        set_num_threads(Math.Max(1, threads - 1));
    }

    /// <summary>Gives libtorch one thread: it classifies one window at a time faster so than on several.</summary>
    public static void UseOne() => set_num_threads(1);
}
