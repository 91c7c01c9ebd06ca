using System.Buffers.Binary;
using System.Text;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Models;

public class SafeTensorsTests
{
    [Test]
    public void Write_TwoTensors_LaysOutHeaderAndDataAsSpecified()
    {
        byte[] file = Write(new() { ["b"] = F32([2], 1f, 2f), ["a"] = F32([1, 1], 3f) }, new() { ["k"] = "v" });
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, (int)headerLength);

        Assert.That((8 + headerLength) % 8, Is.Zero);
        Assert.That(header.TrimEnd(' '),
            Is.EqualTo("""{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}"""
                + ""","b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"""));
        Assert.That(BitConverter.ToSingle(file, 8 + (int)headerLength), Is.EqualTo(3f));
        Assert.That(file, Has.Length.EqualTo(8 + headerLength + 12));
    }

    [Test]
    public void Read_Written_GivesTheSame()
    {
        (Dictionary<string, StoredTensor> tensors, Dictionary<string, string> metadata) =
            SafeTensors.Read(Write(new() { ["x"] = F32([2, 2], 1f, -2f, float.NaN, 4f), ["empty"] = F32([0]) }, new() { ["ä"] = "“ü”\n" }));

        Assert.That(tensors["x"].Shape, Is.EqualTo(new long[] { 2, 2 }));
        Assert.That(tensors["x"].Data, Is.EqualTo(F32([2, 2], 1f, -2f, float.NaN, 4f).Data));
        Assert.That(tensors["empty"].Data, Is.Empty);
        Assert.That(metadata, Is.EqualTo(new Dictionary<string, string> { ["ä"] = "“ü”\n" }));
    }

    [Test]
    public void Read_Truncated_IsRefusedAtEveryLength()
    {
        byte[] file = Write(new() { ["x"] = F32([3], 1f, 2f, 3f) }, []);
        for (int length = 0; length < file.Length; length++)
            Assert.That(() => SafeTensors.Read(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
    }

    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "after a hole")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "inside the tensor before it")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "takes 8 bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "after the last tensor")]
    [TestCase("""{"a":{"dtype":"X9","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype X9")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "negative size")]
    [TestCase("""{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,4]}}""", 4, "damaged")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "damaged")]
    [TestCase("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4,
        "damaged")]
    [TestCase("""[1]""", 0, "not a safetensors file")]
    [TestCase("""{"__metadata__":{"k":1}}""", 0, "damaged")]
    public void Read_ForbiddenHeader_NamesTheFault(string header, int dataBytes, string expected)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);

        Assert.That(() => SafeTensors.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(expected));
    }

    [Test]
    public void Read_HugeHeaderClaim_IsRefusedWithoutAllocating()
    {
        byte[] file = new byte[64];
        file[8] = (byte)'{';
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        Assert.That(() => SafeTensors.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains("the header claims"));
    }

    private static StoredTensor F32(long[] shape, params float[] values) =>
        new("F32", shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static byte[] Write(Dictionary<string, StoredTensor> tensors, Dictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }
}
