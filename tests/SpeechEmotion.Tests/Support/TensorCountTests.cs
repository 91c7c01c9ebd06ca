using System.Runtime.CompilerServices;
using TorchSharp;

namespace SpeechEmotion.Tests.Support;

/// <summary>The count that leak tests read sees a forgotten tensor of any thread, collected or not.</summary>
[NonParallelizable]
internal sealed class TensorCountTests
{
    [Test]
    public void Now_TensorsForgottenOnAnotherThread_AreCountedAfterTheirCollection()
    {
        long before = TensorCount.Now();
        OnAnotherThread(Forget);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(TensorCount.Now(), Is.EqualTo(before + 3));
    }

    [Test]
    public void Now_TensorsDisposedOf_AreNotCounted()
    {
        long before = TensorCount.Now();
        OnAnotherThread(() =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Forget();
        });
        Assert.That(TensorCount.Now(), Is.EqualTo(before));
    }

    [Test]
    public void Now_TensorsHeld_AreCountedUntilDisposedOf()
    {
        long before = TensorCount.Now();
        using (torch.Tensor held = torch.zeros(2))
            Assert.That(TensorCount.Now(), Is.EqualTo(before + 1));
        Assert.That(TensorCount.Now(), Is.EqualTo(before));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget()
    {
        for (int i = 0; i < 3; i++)
            _ = torch.zeros(2);
    }

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
