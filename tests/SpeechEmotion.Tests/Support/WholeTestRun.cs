using System.Runtime.CompilerServices;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Cli;
using TorchSharp;

// In the namespace above all rooms: every fixture is inside.
namespace SpeechEmotion.Tests.Support;

/// <summary>Settings of the whole test run.</summary>
[SetUpFixture]
public class WholeTestRun
{
    // The tests' tensors are small: several threads would only wait for each other.
    [OneTimeSetUp]
    public void UseOneTorchThread() => torch.set_num_threads(1);

    // Before the tests are listed: static fields of some hold tensors, which load libtorch.
    [ModuleInitializer]
    internal static void LoadLibTorch() => LibTorch.Load(CpuLevel.Avx2);

    // No cache: every test extracts its features itself.
    [OneTimeSetUp]
    public void UseNoCache() => Environment.SetEnvironmentVariable(FeatureCache.Variable, "off");

    [OneTimeTearDown]
    public void DeleteSharedRun() => TrainedRun.Delete();
}
