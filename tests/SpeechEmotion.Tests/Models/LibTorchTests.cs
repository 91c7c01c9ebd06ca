using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Cli;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Models;

[NonParallelizable]
public partial class LibTorchTests
{
    /// <summary>With these variables ATen, oneDNN and MKL choose the code of an older processor.</summary>
    private static readonly Dictionary<string, string> OlderProcessor = new()
    {
        ["ATEN_CPU_CAPABILITY"] = "default",
        ["ONEDNN_MAX_CPU_ISA"] = "SSE41",
        ["DNNL_MAX_CPU_ISA"] = "SSE41",
        ["MKL_CBWR"] = "AUTO",
    };

    [Test]
    public void Train_OtherProcessor_GivesTheSameBitsAtAvx2AndOthersAtNative()
    {
        SkipWithoutAvx2();
        byte[] native = Train("native", CpuLevel.Native, []), nativeOlder = Train("native-older", CpuLevel.Native, OlderProcessor);
        if (native.SequenceEqual(nativeOlder))
            Assert.Ignore("skipped: libtorch computes the same on this processor and on the older one");
        Assert.That(Train("avx2-older", CpuLevel.Avx2, OlderProcessor), Is.EqualTo(Train("avx2", CpuLevel.Avx2, [])));
    }

    [Test]
    public void Predict_OtherProcessor_ComputesAtNative()
    {
        using var folder = new TemporaryFolder();
        folder.WriteWav("clip.wav", TestSignals.Speech(3));
        string Predict(Dictionary<string, string> variables)
        {
            (int code, string output, string errors) =
                ProgramProcess.RunIn(variables, "predict", folder["clip.wav"], "--model", "voices", "--json");
            Assert.That(code, Is.Zero, errors);
            return output;
        }
        // At avx2 both would print the same: see the test of training.
        if (Train("here", CpuLevel.Native, []).SequenceEqual(Train("older", CpuLevel.Native, OlderProcessor)))
            Assert.Ignore("skipped: libtorch computes the same on this processor and on the older one");
        Assert.That(Predict(OlderProcessor), Is.Not.EqualTo(Predict([])));
    }

    [Test]
    public void Train_ProcessorWithoutAvx2_SaysSo()
    {
        string run = TrainedRun.In("without-avx2");
        (int code, string output, string errors) = ProgramProcess.RunIn(
            new() { ["DOTNET_EnableAVX2"] = "0" }, "train", TrainedRun.ConfigPath, "--out", run);
        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Does.Contain("libtorch computes at level native, not at that of Training.CpuLevel, because this processor"));
        Assert.That(EvaluationReport.Load(Path.Combine(run, "report.json")).Reproducible, Does.Contain("this processor has no AVX2"));
    }

    [Test]
    public void Load_AnotherLevelThanBefore_WarnsAndNamesTheLevelInUse()
    {
        SkipWithoutAvx2();
        List<string> warnings = [];
        LibTorchLevel level = LibTorch.Load(CpuLevel.Native, new WarningLog(warnings.Add));
        Assert.That(level.Level, Is.EqualTo(CpuLevel.Avx2));
        Assert.That(warnings, Is.EqualTo(new[] { level.Sentence }));
        Assert.That(level.Sentence, Does.Contain("at level avx2").And.Contain("loaded libtorch with another setting"));
        Assert.That(LibTorch.Load(CpuLevel.Avx2, new WarningLog(warnings.Add)).Fallback, Is.Null);
        Assert.That(warnings, Has.Count.EqualTo(1));
    }

    [TestCase(CpuLevel.Avx2, false, true, null, CpuLevel.Avx2, null)]
    [TestCase(CpuLevel.Native, false, true, null, CpuLevel.Native, null)]
    [TestCase(CpuLevel.Avx2, false, false, null, CpuLevel.Native, "this processor has no AVX2")]
    [TestCase(CpuLevel.Native, false, false, null, CpuLevel.Native, null)]
    [TestCase(CpuLevel.Avx2, true, true, null, CpuLevel.Native, "the program had loaded libtorch before")]
    [TestCase(CpuLevel.Avx2, true, true, "as wanted", CpuLevel.Avx2, null)]
    public void Choose_ProcessorAndProcess_GivesLevelAndReason(
        CpuLevel wanted, bool isLoaded, bool hasAvx2, string? variables, CpuLevel expected, string? reason) =>
        Assert.That(LibTorch.Choose(wanted, isLoaded, hasAvx2, name => variables is null ? null : LibTorch.Avx2Variables[name]),
            Is.EqualTo(new LibTorchLevel(expected, reason)));

    [Test]
    public void Load_WaitingThreads_Sleep()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("skipped: the native environment is read by getenv of libc");
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null)
            Assert.Ignore("skipped: the environment of the tests sets OMP_WAIT_POLICY");
        LibTorch.Load(CpuLevel.Avx2);
        Assert.That(Marshal.PtrToStringUTF8(GetEnvironment("OMP_WAIT_POLICY")), Is.EqualTo("PASSIVE"));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr GetEnvironment(string name);

    private static void SkipWithoutAvx2()
    {
        if (!Avx2.IsSupported || !Fma.IsSupported)
            Assert.Ignore("skipped: this processor has no AVX2");
    }

    private static byte[] Train(string name, CpuLevel level, Dictionary<string, string> variables)
    {
        string run = TrainedRun.In(name);
        (int code, _, string errors) = ProgramProcess.RunIn(variables, "train", TrainedRun.ConfigPath,
            "--set", $"Training.CpuLevel={KebabCase.From(level)}", "--out", run);
        Assert.That(code, Is.Zero, errors);
        return File.ReadAllBytes(Path.Combine(run, "best.safetensors"));
    }
}
