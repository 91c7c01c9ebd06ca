using SpeechEmotion.Build;

namespace SpeechEmotion.Tests.Build;

public class ElfVersionNeedsTests
{
    private const string Wanted = "GLIBCXX_3.4.32";
    private const ushort Weak = 2;

    [Test]
    public void Weaken_OneNeed_SetsOneBitOfOneByte()
    {
        SmallElf elf = new SmallElf().Needs("libstdc++.so.6", ("GLIBCXX_3.4.29", 0), (Wanted, 0), ("CXXABI_1.3", 0));
        byte[] before = elf.ToBytes(), after = elf.ToBytes();

        Assert.That(ElfVersionNeeds.Weaken(after, Wanted), Is.EqualTo(1));

        int[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        Assert.That(changed, Is.EqualTo(new[] { elf.FlagsOf(Wanted) }));
        Assert.That(after[changed[0]], Is.EqualTo(before[changed[0]] | Weak));
    }

    [Test]
    public void Weaken_OtherFlags_Keeps()
    {
        SmallElf elf = new SmallElf().Needs("libstdc++.so.6", (Wanted, 0x1));
        byte[] bytes = elf.ToBytes();
        Assert.That(ElfVersionNeeds.Weaken(bytes, Wanted), Is.EqualTo(1));
        Assert.That(bytes[elf.FlagsOf(Wanted)], Is.EqualTo(0x3));
    }

    [TestCase("GLIBCXX_3.4.3", 0)]      // a prefix of the name is another version
    [TestCase("GLIBCXX_3.4.321", 0)]
    [TestCase(Wanted, Weak)]
    public void Weaken_AbsentOrAlreadyWeak_ChangesNothing(string version, int flags)
    {
        byte[] before = new SmallElf().Needs("libstdc++.so.6", (version, (ushort)flags)).ToBytes();
        byte[] after = [.. before];
        Assert.That(ElfVersionNeeds.Weaken(after, Wanted), Is.Zero);
        Assert.That(after, Is.EqualTo(before));
    }

    [Test]
    public void Weaken_Twice_IsOnce()
    {
        byte[] once = new SmallElf().Needs("libstdc++.so.6", (Wanted, 0)).ToBytes();
        ElfVersionNeeds.Weaken(once, Wanted);
        byte[] twice = [.. once];
        Assert.That(ElfVersionNeeds.Weaken(twice, Wanted), Is.Zero);
        Assert.That(twice, Is.EqualTo(once));
    }

    [Test]
    public void Weaken_SecondLibrary_IsReached()
    {
        SmallElf elf = new SmallElf()
            .Needs("libc.so.6", ("GLIBC_2.17", 0), ("GLIBC_2.34", 0))
            .Needs("libstdc++.so.6", ("GLIBCXX_3.4", 0), (Wanted, 0));
        byte[] bytes = elf.ToBytes();
        Assert.That(ElfVersionNeeds.Weaken(bytes, Wanted), Is.EqualTo(1));
        Assert.That(bytes[elf.FlagsOf(Wanted)], Is.EqualTo(Weak));
        Assert.That(bytes[elf.FlagsOf("GLIBC_2.34")], Is.Zero);
    }

    [Test]
    public void Weaken_TwoLibrariesWithTheVersion_ChangesBoth()
    {
        byte[] bytes = new SmallElf().Needs("liba.so", (Wanted, 0)).Needs("libb.so", (Wanted, 0)).ToBytes();
        Assert.That(ElfVersionNeeds.Weaken(bytes, Wanted), Is.EqualTo(2));
    }

    [Test]
    public void Weaken_NoVersionNeeds_ChangesNothing()
    {
        Assert.That(ElfVersionNeeds.Weaken(new SmallElf().ToBytes(), Wanted), Is.Zero);
    }

    [Test]
    public void Weaken_CutAnywhere_IsRefusedOrUntouched()
    {
        byte[] whole = new SmallElf().Needs("libstdc++.so.6", ("GLIBCXX_3.4.29", 0), (Wanted, 0)).ToBytes();
        Assert.Multiple(() =>
        {
            for (int length = 0; length < whole.Length - 40; length++) // the last header's unread fields may be missing
                Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Weaken(whole[..length], Wanted), $"{length} bytes");
        });
    }

    [TestCase(4, 1, "64-bit")]
    [TestCase(5, 2, "little-endian")]
    [TestCase(0, 0, "not an ELF")]
    public void Weaken_OtherFormat_IsRefusedByName(int at, byte value, string reason)
    {
        byte[] bytes = new SmallElf().Needs("libstdc++.so.6", (Wanted, 0)).ToBytes();
        bytes[at] = value;
        Assert.That(() => ElfVersionNeeds.Weaken(bytes, Wanted), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));
    }

    [Test, CancelAfter(20_000)]
    public void Weaken_DamagedBytes_EndsWithAnswerOrInvalidData()
    {
        byte[] whole = new SmallElf().Needs("libc.so.6", ("GLIBC_2.34", 0)).Needs("libstdc++.so.6", (Wanted, 0)).ToBytes();
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. whole];
            for (int i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.That(ElfVersionNeeds.Weaken(bytes, Wanted), Is.InRange(0, 1000));
            }
            catch (InvalidDataException)
            {
                // an answer too
            }
        }
    }
}
