using SpeechEmotion.Adaptation;
using SpeechEmotion.Models;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Models;

public class PaddedBatchTests
{
    private static readonly NormalisedClip Long = new(new([1, 2, 3, 4, 5, 6], 2, 3), [0.5f, 1.5f]);
    private static readonly NormalisedClip Short = new(new([7, 8], 2, 1), [2.5f, 3.5f]);

    [Test]
    public void ToTensors_ClipsOfTwoLengths_PadsWithZerosAndMasks()
    {
        using var scope = NewDisposeScope();
        using PaddedBatch batch = PaddedBatch.From([Long, Short]);
        (Tensor features, Tensor mask, Tensor statistics) = batch.ToTensors();
        Assert.That(features.shape, Is.EqualTo(new long[] { 2, 2, 3 }));
        Assert.That(features.data<float>().ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6, 7, 0, 0, 8, 0, 0 }));
        Assert.That(mask.shape, Is.EqualTo(new long[] { 2, 1, 3 }));
        Assert.That(mask.data<float>().ToArray(), Is.EqualTo(new float[] { 1, 1, 1, 1, 0, 0 }));
        Assert.That(statistics.shape, Is.EqualTo(new long[] { 2, 2 }));
        Assert.That(statistics.data<float>().ToArray(), Is.EqualTo(new[] { 0.5f, 1.5f, 2.5f, 3.5f }));
        Assert.That(batch.Lengths, Is.EqualTo(new[] { 3, 1 }));
    }

    [Test]
    public void From_MemoryUsedBefore_LeavesNothingOfItInThePadding()
    {
        using (PaddedBatch before = PaddedBatch.From([new(new([.. Enumerable.Repeat(9f, 12)], 2, 6), [])]))
            Assert.That(before.Row(0, 0).ToArray(), Is.All.EqualTo(9f));
        using PaddedBatch batch = PaddedBatch.From([Long, Short]);
        Assert.That(batch.Row(1, 0).ToArray(), Is.EqualTo(new float[] { 7, 0, 0 }));
        Assert.That(batch.Row(1, 1).ToArray(), Is.EqualTo(new float[] { 8, 0, 0 }));
    }

    [Test]
    public void Dispose_Twice_GivesTheMemoryBackOnce()
    {
        PaddedBatch batch = PaddedBatch.From([Long]);
        batch.Dispose();
        batch.Dispose();
        using PaddedBatch first = PaddedBatch.From([Long]), second = PaddedBatch.From([Long]);
        first.Row(0, 0)[0] = 100;
        Assert.That(second.Row(0, 0)[0], Is.EqualTo(1), "two batches share memory");
    }

    [Test]
    public void ToTensors_TensorsOutliveTheBatch()
    {
        using var scope = NewDisposeScope();
        PaddedBatch batch = PaddedBatch.From([Long]);
        (Tensor features, _, _) = batch.ToTensors();
        batch.Row(0, 0).Clear();
        batch.Dispose();
        Assert.That(features.data<float>().ToArray(), Is.EqualTo(Long.Frames.Values));
    }
}
