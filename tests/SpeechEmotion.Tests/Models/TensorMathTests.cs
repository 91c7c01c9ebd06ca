using SpeechEmotion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Models;

public class TensorMathTests
{
    private DisposeScope scope = null!;
    private Tensor x = null!;
    private Tensor y = null!;

    [SetUp]
    public void MakeTensors()
    {
        scope = NewDisposeScope();
        x = tensor(new[] { -2f, 0.5f, 3f });
        y = tensor(new[] { 4f, -1f, 2f });
    }

    [TearDown]
    public void DisposeTensors()
    {
        x.Dispose();
        y.Dispose();
        scope.Dispose();
    }

    [Test]
    public void Arithmetic_TensorAndTensor_IsElementwise()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Values(x.Plus(y)), Is.EqualTo(new[] { 2f, -0.5f, 5f }));
            Assert.That(Values(x.Plus(y, 0.5)), Is.EqualTo(new[] { 0f, 0f, 4f }));
            Assert.That(Values(x.Minus(y)), Is.EqualTo(new[] { -6f, 1.5f, 1f }));
            Assert.That(Values(x.Times(y)), Is.EqualTo(new[] { -8f, -0.5f, 6f }));
            Assert.That(Values(x.Over(y)), Is.EqualTo(new[] { -0.5f, -0.5f, 1.5f }));
            Assert.That(Values(x.Squared()), Is.EqualTo(new[] { 4f, 0.25f, 9f }));
            Assert.That(Values(x), Is.EqualTo(new[] { -2f, 0.5f, 3f }), "operands stay as they were");
        });
    }

    [Test]
    public void Arithmetic_TensorAndNumber_IsElementwise()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Values(x.Plus(1.5)), Is.EqualTo(new[] { -0.5f, 2f, 4.5f }));
            Assert.That(Values(x.Minus(1)), Is.EqualTo(new[] { -3f, -0.5f, 2f }));
            Assert.That(Values(x.SubtractedFrom(1)), Is.EqualTo(new[] { 3f, 0.5f, -2f }));
            Assert.That(Values(x.Times(-2)), Is.EqualTo(new[] { 4f, -1f, -6f }));
            Assert.That(Values(x.Over(4)), Is.EqualTo(new[] { -0.5f, 0.125f, 0.75f }));
            Assert.That(Values(x.ToThe(3)), Is.EqualTo(new[] { -8f, 0.125f, 27f }));
            Assert.That(Values(x.ClampMin(0)), Is.EqualTo(new[] { 0f, 0.5f, 3f }));
            Assert.That(Values(x.ClampMax(1)), Is.EqualTo(new[] { -2f, 0.5f, 1f }));
            Assert.That(Values(x.Clamp(-1, 1)), Is.EqualTo(new[] { -1f, 0.5f, 1f }));
            Assert.That(Values(x.LeakyRelu(0.25)), Is.EqualTo(new[] { -0.5f, 0.5f, 3f }));
            Assert.That(x.Plus(1.5).dtype, Is.EqualTo(ScalarType.Float32), "a number does not widen the tensor");
        });
    }

    [Test]
    public void Masks_AndComparisons_FollowTheValues()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Values(x.MaskedFill(x.IsBelow(0), 7)), Is.EqualTo(new[] { 7f, 0.5f, 3f }));
            Assert.That(Values(x.MaskedFill(x.IsAbove(0.5), double.NegativeInfinity)),
                Is.EqualTo(new[] { -2f, 0.5f, float.NegativeInfinity }));
            Assert.That(Values(x.MaskedFill(x.IsEqualTo(0.5), 0)), Is.EqualTo(new[] { -2f, 0f, 3f }));
        });
    }

    [Test]
    public void InPlace_EveryKind_ChangesTheTensorItself()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Changed(t => t.PlusInPlace(y)), Is.EqualTo(new[] { 2f, -0.5f, 5f }));
            Assert.That(Changed(t => t.PlusInPlace(y, -0.5)), Is.EqualTo(new[] { -4f, 1f, 2f }));
            Assert.That(Changed(t => t.PlusInPlace(1)), Is.EqualTo(new[] { -1f, 1.5f, 4f }));
            Assert.That(Changed(t => t.MinusInPlace(y)), Is.EqualTo(new[] { -6f, 1.5f, 1f }));
            Assert.That(Changed(t => t.TimesInPlace(y)), Is.EqualTo(new[] { -8f, -0.5f, 6f }));
            Assert.That(Changed(t => t.TimesInPlace(2)), Is.EqualTo(new[] { -4f, 1f, 6f }));
            Assert.That(Changed(t => t.OverInPlace(y)), Is.EqualTo(new[] { -0.5f, -0.5f, 1.5f }));
            Assert.That(Changed(t => t.OverInPlace(2)), Is.EqualTo(new[] { -1f, 0.25f, 1.5f }));
            Assert.That(Changed(t => t.AddcmulInPlace(y, y, 0.5)), Is.EqualTo(new[] { 6f, 1f, 5f }));
            Assert.That(Changed(t => t.AddcdivInPlace(y, y, 2)), Is.EqualTo(new[] { 0f, 2.5f, 5f }));
            Assert.That(Changed(t => t.ClampMinInPlace(0)), Is.EqualTo(new[] { 0f, 0.5f, 3f }));
            Assert.That(Changed(t => t.MaskedFillInPlace(t.IsAbove(1), 1)), Is.EqualTo(new[] { -2f, 0.5f, 1f }));
            Assert.That(Changed(t => t.FillInPlace(9)), Is.EqualTo(new[] { 9f, 9f, 9f }));
        });
    }

    [Test]
    public void Makers_GiveShapeTypeAndValues()
    {
        Tensor full = TensorMath.Full([2, 3], 0.25);
        Tensor numbers = TensorMath.Arange(4);
        Assert.Multiple(() =>
        {
            Assert.That(full.shape, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(full.dtype, Is.EqualTo(ScalarType.Float32));
            Assert.That(Values(full), Is.All.EqualTo(0.25f));
            Assert.That(numbers.data<long>().ToArray(), Is.EqualTo(new long[] { 0, 1, 2, 3 }));
        });
    }

    [Test]
    public void Plus_IntegerTensors_StaysInteger()
    {
        Tensor numbers = TensorMath.Arange(3);
        Assert.That(numbers.Plus(numbers).data<long>().ToArray(), Is.EqualTo(new long[] { 0, 2, 4 }));
    }

    private float[] Changed(Func<Tensor, Tensor> change)
    {
        Tensor changed = x.clone();
        Assert.That(change(changed).Handle, Is.Not.EqualTo(IntPtr.Zero));
        return Values(changed);
    }

    private static float[] Values(Tensor values) => values.data<float>().ToArray();
}
