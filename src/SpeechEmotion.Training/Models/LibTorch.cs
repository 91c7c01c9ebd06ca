using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Microsoft.Extensions.Logging;
using SpeechEmotion.Settings;
using TorchSharp;

namespace SpeechEmotion.Models;

/// <summary>
/// The loading of libtorch, which reads its environment once per process. Everything here that uses libtorch loads it this way; a program
/// that uses TorchSharp itself calls <see cref="Load"/> first.
/// </summary>
public static partial class LibTorch
{
    /// <summary>
    /// Variables by which ATen, oneDNN and MKL, the arithmetic libraries in libtorch, choose their code. With <c>AVX2</c>, MKL would still
    /// choose other code on AMD than on Intel processors; <c>COMPATIBLE</c> is the branch that both compute alike.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, string> Avx2Variables = new Dictionary<string, string>
    {
        ["ATEN_CPU_CAPABILITY"] = "avx2",
        ["ONEDNN_MAX_CPU_ISA"] = "AVX2",
        ["MKL_CBWR"] = "COMPATIBLE",
    };

    /// <summary>
    /// Variables with which the threads of OpenMP (GNU, or Intel and LLVM) sleep while they wait. By default they spin and take the time
    /// of the cores from the threads for which they wait.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string> WaitVariables = new Dictionary<string, string>
    {
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        ["KMP_BLOCKTIME"] = "0",
    };

    private static readonly Lock Gate = new();
    private static LibTorchLevel? loaded;

    /// <summary>Loads libtorch with a level of instructions, if this process has not loaded it yet.</summary>
    /// <param name="level">The level wanted.</param>
    /// <param name="logger">Receives a warning if another level is in use than that wanted.</param>
    /// <returns>The level in use, and why it is another one than that wanted.</returns>
    public static LibTorchLevel Load(CpuLevel level, ILogger? logger = null)
    {
        lock (Gate)
            loaded ??= LoadFirst(level);
        string? reason = loaded.Level == level ? null : loaded.Fallback ?? "the process had loaded libtorch with another setting";
        LibTorchLevel result = new(loaded.Level, reason);
        if (logger is not null && result.Fallback is not null)
            Warn(logger, result.Sentence);
        return result;
    }

    /// <summary>The device of a name, of libtorch as it is loaded.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, <c>mps</c>, or <c>auto</c>: the fastest that there is.</param>
    /// <exception cref="SettingsException">This build of libtorch has no such device.</exception>
    public static torch.Device DeviceOf(string name)
    {
        bool cuda = torch.cuda_is_available(), mps = torch.mps_is_available();
        return name switch
        {
            "cpu" => torch.CPU,
            "cuda" or "auto" when cuda => torch.CUDA,
            "mps" or "auto" when mps => torch.MPS,
            "auto" => torch.CPU,
            _ => throw new SettingsException("--device", [$"{name}: libtorch finds no such device; use auto or cpu"]),
        };
    }

    /// <summary>The level at which libtorch computes once it is loaded.</summary>
    /// <param name="level">The level wanted.</param>
    /// <param name="isLoaded">Whether the process has loaded libtorch without this class.</param>
    /// <param name="hasAvx2">Whether the processor has AVX2 and FMA.</param>
    /// <param name="variable">The value of an environment variable.</param>
    internal static LibTorchLevel Choose(CpuLevel level, bool isLoaded, bool hasAvx2, Func<string, string?> variable)
    {
        if (!hasAvx2)
            return new LibTorchLevel(CpuLevel.Native, level == CpuLevel.Native ? null : "this processor has no AVX2");
        if (!isLoaded)
            return new LibTorchLevel(level);
        return Avx2Variables.All(pair => variable(pair.Key) == pair.Value)
            ? new LibTorchLevel(CpuLevel.Avx2)
            : new LibTorchLevel(CpuLevel.Native, level == CpuLevel.Native ? null : "the program had loaded libtorch before");
    }

    private static LibTorchLevel LoadFirst(CpuLevel level)
    {
        LibTorchLevel result = Choose(level, IsLoaded(), Avx2.IsSupported && Fma.IsSupported, Environment.GetEnvironmentVariable);
        if (result.Level == CpuLevel.Avx2)
            Set(Avx2Variables);
        // Whoever chose a way of waiting keeps it.
        if (WaitVariables.Keys.Append("GOMP_SPINCOUNT").All(name => Environment.GetEnvironmentVariable(name) is null))
            Set(WaitVariables);
        // The first call loads the library.
        torch.get_num_threads();
        return result;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private static partial void Warn(ILogger logger, string text);

    private static void Set(IReadOnlyDictionary<string, string> variables)
    {
        foreach ((string name, string value) in variables)
            NativeEnvironment.Set(name, value);
    }

    private static bool IsLoaded()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>()
            .Any(module => module.ModuleName.Contains("torch_cpu", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>The level of instructions at which libtorch computes in this process.</summary>
/// <param name="Level">The level in use.</param>
/// <param name="Fallback">Why it is not the level that was wanted; null if it is.</param>
public sealed record LibTorchLevel(CpuLevel Level, string? Fallback = null)
{
    /// <summary>The level, and why it is not the one that was wanted, as a sentence for console, log and report.</summary>
    public string Sentence
    {
        get
        {
            string setting = Fallback is null ? " (Training.CpuLevel)" : $", not at that of Training.CpuLevel, because {Fallback}";
            return $"libtorch computes at level {KebabCase.From(Level)}{setting}; another level can give another result.";
        }
    }
}
