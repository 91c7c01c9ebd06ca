using System.Runtime.CompilerServices;
using TorchSharp;

namespace SpeechEmotion.Tests.Support;

/// <summary>The tensors of the whole process that were created and never disposed of, whichever thread did either.</summary>
/// <remarks>
/// <c>torch.Tensor.TotalCount</c> alone does not show a leak: once a forgotten tensor is collected, its finalizer takes it off the
/// count. TorchSharp's statistics of a thread count what that thread disposed of; those of the finalizer thread are the tensors that
/// were forgotten, and are added again. TorchSharp counts a parameter of a network twice, because its constructor takes the native
/// tensor over from another object that never gives its count back: every network that is built raises the count by a constant.
/// </remarks>
internal static class TensorCount
{
    public static long Now()
    {
        long finalised = 0;
        // Everything that waits for its finalizer goes first; then the statistics are read on the finalizer's thread.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var read = new ManualResetEventSlim();
        Abandon(() =>
        {
            finalised = -DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            read.Set();
        });
        GC.Collect();
        Assert.That(read.Wait(TimeSpan.FromSeconds(30)), "the finalizer thread did not answer");
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount + finalised;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(Action action) => _ = new Finalised(action);

    private sealed class Finalised(Action action)
    {
        ~Finalised() => action();
    }
}
