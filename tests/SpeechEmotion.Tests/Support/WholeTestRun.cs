using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Tests.Cli;
using TorchSharp;

// In the namespace above all rooms: every fixture is inside.
namespace SpeechEmotion.Tests.Support;

/// <summary>Settings of the whole test run.</summary>
[SetUpFixture]
public class WholeTestRun
{
    // The tests' tensors are small, and Torch's threads wait for each other by spinning: on a busy machine two are many times slower than
    // one.
    [OneTimeSetUp]
    public void UseOneTorchThread() => torch.set_num_threads(1);

    // No cache: every test extracts its features itself.
    [OneTimeSetUp]
    public void UseNoCache() => Environment.SetEnvironmentVariable(FeatureCache.Variable, "off");

    [OneTimeTearDown]
    public void DeleteSharedRun() => TrainedRun.Delete();
}
