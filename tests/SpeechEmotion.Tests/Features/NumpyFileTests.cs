using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using SpeechEmotion.Features;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

/// <summary>The file is read by NumPy's specification, "numpy.lib.format", version 1.0.</summary>
public class NumpyFileTests
{
    [Test]
    public void Write_Features_FollowsTheSpecification([Values(1, 40, 12345)] int features, [Values(1, 7)] int frames)
    {
        float[] values = TestSignals.Noise(features * frames);
        using MemoryStream stream = new();
        NumpyFile.Write(stream, new FeatureMatrix(values, features, frames));
        byte[] file = stream.ToArray();

        // "The first 6 bytes are a magic string: exactly \x93NUMPY", then the version's two bytes.
        Assert.That(file[..8], Is.EqualTo((byte[])[0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]));
        // "The next 2 bytes form a little-endian unsigned short int: the length of the header data."
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        // "terminated by a newline and padded with spaces to make the total … evenly divisible by 64".
        Assert.That((10 + length) % 64, Is.Zero);
        string header = Encoding.ASCII.GetString(file, 10, length);
        Assert.That(header, Does.EndWith("\n"));
        Match dictionary = Regex.Match(header, @"^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\), \} *\n$");
        Assert.That(dictionary.Success, header);
        Assert.That((dictionary.Groups[1].Value, dictionary.Groups[2].Value), Is.EqualTo(($"{features}", $"{frames}")));

        byte[] data = file[(10 + length)..];
        Assert.That(data, Has.Length.EqualTo(sizeof(float) * values.Length));
        Assert.That(Enumerable.Range(0, values.Length)
            .Select(i => BinaryPrimitives.ReadSingleLittleEndian(data.AsSpan(sizeof(float) * i))), Is.EqualTo(values));
    }
}
