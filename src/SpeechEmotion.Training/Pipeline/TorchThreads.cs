using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using static TorchSharp.torch;

namespace SpeechEmotion.Pipeline;

/// <summary>The threads of libtorch, which belong to the process.</summary>
public static class TorchThreads
{
    /// <summary>Gives libtorch a number of threads, on which the last digits of its sums depend.</summary>
    public static void Use(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        set_num_threads(threads);
    }

    /// <summary>Gives libtorch one thread: it classifies one window at a time faster so than on several.</summary>
    public static void UseOne() => Use(1);

    /// <summary>Loads libtorch for a run, at the level and with the threads of its settings, before the run makes a file.</summary>
    /// <exception cref="SettingsException">
    /// The settings want more threads than the run may use, or there is no device of the name in the options.
    /// </exception>
    internal static (LibTorchLevel Level, Device Device) Use(TrainingSettings settings, RunOptions options)
    {
        if (settings.TorchThreads > options.Threads)
            throw new SettingsException("Training.TorchThreads",
                [$"{settings.TorchThreads}: the run may use {options.Threads}; give --threads {settings.TorchThreads} or more"]);
        LibTorchLevel level = LibTorch.Load(settings.CpuLevel, options.Logger);
        Use(settings.TorchThreads);
        return (level, LibTorch.DeviceOf(options.Device));
    }
}
