namespace SpeechEmotion.Tests.Support;

/// <summary>
/// Threads that do nothing but allocate, so that collections and finalisers fall into the middle of native calls.
/// Disposing stops them, and fails if one of them never ran.
/// </summary>
internal sealed class AllocationStorm : IDisposable
{
    private readonly Thread[] threads;
    private readonly long[] arrays;
    private readonly int collectionsBefore = GC.CollectionCount(0);
    private volatile bool stopped;

    public AllocationStorm(int threads = 4)
    {
        arrays = new long[threads];
        this.threads = [.. Enumerable.Range(0, threads).Select(index => new Thread(() => Allocate(index)) { IsBackground = true })];
        foreach (Thread thread in this.threads)
            thread.Start();
    }

    /// <summary>Arrays allocated so far, and collections they caused.</summary>
    public (long Arrays, int Collections) Force => (arrays.Sum(), GC.CollectionCount(0) - collectionsBefore);

    public void Dispose()
    {
        stopped = true;
        foreach (Thread thread in threads)
            thread.Join();
    }

    private void Allocate(int index)
    {
        byte[][] ring = new byte[64][]; // a few survive, so that older generations are collected too
        for (long i = 0; !stopped; i++)
        {
            ring[i % ring.Length] = new byte[1 + (i * 7919 % 8000)];
            arrays[index] = i;
        }
        GC.KeepAlive(ring);
    }
}
