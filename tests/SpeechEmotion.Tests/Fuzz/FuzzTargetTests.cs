using SpeechEmotion.Fuzz.Targets;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Fuzz;

/// <summary>
/// The fuzz targets on inputs that are drawn from a seed: valid files with bytes changed, cut out, repeated and exchanged.
/// </summary>
public class FuzzTargetTests
{
    // Numbers at which sizes and offsets go wrong.
    private static readonly byte[][] Numbers =
        [[0], [0xFF], [0x7F, 0xFF], [0x80, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80],
            [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0]];

    [Test]
    public void Audio_MutatedFiles_FailInOneWayOnly() => Mutate(AudioTarget.Run, [.. SeedFiles.Audio()], keep: 0, rounds: 6000);

    [Test]
    public void Stored_MutatedFiles_FailInOneWayOnly() => Mutate(StoredTarget.Run, [.. SeedFiles.Stored()], keep: 1, rounds: 4000);

    [Test]
    public void Stored_Checkpoint_IsAValidOne() =>
        Assert.That(() => Checkpoint.Read(SeedFiles.Stored().First()[1..], "seed"), Throws.Nothing);

    [Test]
    public void Stored_EverySeed_IsValid()
    {
        foreach (byte[] seed in SeedFiles.Stored())
            Assert.That(StoredTarget.Read(seed), Is.True, $"seed of the reader {(char)seed[0]}");
    }

    [Test]
    public void Within_ReaderThatTrustsTheHeader_Fails()
    {
        Assert.That(() => Allowance.Within<InvalidDataException>(100, () => GC.KeepAlive(new byte[1 << 28])),
            Throws.TypeOf<InsufficientMemoryException>());
        Assert.That(() => Allowance.Within<InvalidDataException>(100, () => throw new FormatException()), Throws.TypeOf<FormatException>());
        Assert.That(() => Allowance.Within<InvalidDataException>(100, () => throw new InvalidDataException("without a name")),
            Throws.TypeOf<InvalidDataException>());
        Assert.That(Allowance.Within<InvalidDataException>(100, () => throw new InvalidDataException($"{Allowance.Name}: bad")), Is.False);
    }

    private static void Mutate(Action<byte[]> target, byte[][] seeds, int keep, int rounds)
    {
        var random = new Random(7);
        for (int round = 0; round < rounds; round++)
        {
            List<byte> input = [.. seeds[round % seeds.Length]];
            for (int changes = random.Next(1, 5); changes > 0 && input.Count > keep + 1; changes--)
                Change(input, random, keep, seeds);
            Assert.That(() => target([.. input]), Throws.Nothing, $"round {round}: {Convert.ToHexString([.. input.Take(400)])}");
        }
    }

    private static void Change(List<byte> input, Random random, int keep, byte[][] seeds)
    {
        int at = random.Next(keep, input.Count), length = Math.Min(random.Next(1, 9), input.Count - at);
        switch (random.Next(6))
        {
            case 0:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                input.RemoveRange(at, length);
                break;
            case 2:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 3:
                byte[] number = Numbers[random.Next(Numbers.Length)];
                for (int i = 0; i < number.Length && at + i < input.Count; i++)
                    input[at + i] = number[i];
                break;
            case 4:
                input.RemoveRange(at, random.Next(4) == 0 ? input.Count - at : length);
                break;
            default:
                byte[] other = seeds[random.Next(seeds.Length)];
                int from = random.Next(other.Length);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + 16)]);
                break;
        }
    }
}
