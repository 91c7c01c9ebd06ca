using System;
using System.IO;
using System.Text;

namespace SpeechEmotion.Build;

/// <summary>
/// Marks one symbol version that an ELF library needs as weak, so that the dynamic linker loads the library
/// where that version is unknown. Sound only for a version to which no relocation refers.
/// </summary>
/// <remarks>
/// Layout: ELF-64 object file format (section headers) and the Linux Standard Base, "Symbol Versioning"
/// (<c>.gnu.version_r</c>: a chain of Verneed records, each with a chain of Vernaux records).
/// </remarks>
public static class ElfVersionNeeds
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 0x2;                    // VER_FLG_WEAK

    /// <summary>Sets the weak flag of every need for <paramref name="version"/> in place.</summary>
    /// <returns>How many needs were changed; 0 when there is none, or all are weak already.</returns>
    /// <exception cref="InvalidDataException">The bytes are no 64-bit little-endian ELF file, or end early.</exception>
    public static int Weaken(byte[] elf, string version)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F')
            throw new InvalidDataException("not an ELF file");
        if (elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException("not a 64-bit little-endian ELF file");

        ulong headers = U64(elf, 0x28);
        ushort headerSize = U16(elf, 0x3a), headerCount = U16(elf, 0x3c);
        int changed = 0;
        for (uint i = 0; i < headerCount; i++)
        {
            ulong section = headers + i * (ulong)headerSize;
            if (U32(elf, section + 4) != VersionNeedSection)
                continue;
            ulong needs = U64(elf, section + 24);
            ulong names = U64(elf, headers + U32(elf, section + 40) * (ulong)headerSize + 24);
            changed += WeakenChain(elf, needs, U32(elf, section + 44), names, version);
        }
        return changed;
    }

    private static int WeakenChain(byte[] elf, ulong need, uint needCount, ulong names, string version)
    {
        int changed = 0;
        for (uint n = 0; n < needCount; n++)
        {
            ulong entry = need + U32(elf, need + 8);
            ushort entryCount = U16(elf, need + 2);
            for (ushort e = 0; e < entryCount; e++)
            {
                ushort flags = U16(elf, entry + 4);
                if ((flags & Weak) == 0 && NameEquals(elf, names + U32(elf, entry + 8), version))
                {
                    elf[checked((int)entry + 4)] = (byte)(flags | Weak);
                    changed++;
                }
                uint nextEntry = U32(elf, entry + 12);
                if (nextEntry == 0)
                    break; // the last of its chain, whatever the count says
                entry += nextEntry;
            }
            uint nextNeed = U32(elf, need + 12);
            if (nextNeed == 0)
                break;
            need += nextNeed;
        }
        return changed;
    }

    private static bool NameEquals(byte[] elf, ulong at, string name)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(name + "\0");
        if (bytes.Length > elf.Length || at > (ulong)(elf.Length - bytes.Length))
            return false;
        for (int i = 0; i < bytes.Length; i++)
            if (elf[(int)at + i] != bytes[i])
                return false;
        return true;
    }

    private static ushort U16(byte[] elf, ulong at) => BitConverter.ToUInt16(elf, Inside(elf, at, 2));

    private static uint U32(byte[] elf, ulong at) => BitConverter.ToUInt32(elf, Inside(elf, at, 4));

    private static ulong U64(byte[] elf, ulong at) => BitConverter.ToUInt64(elf, Inside(elf, at, 8));

    private static int Inside(byte[] elf, ulong at, int size)
    {
        if (at > (ulong)(elf.Length - size))
            throw new InvalidDataException("the ELF file ends before offset " + at);
        return (int)at;
    }
}

#if !WITHOUT_MSBUILD
/// <summary>MSBuild's face of <see cref="ElfVersionNeeds"/>: a changed copy of a library, with a fresh time stamp.</summary>
public class WeakenVersionNeed : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Library { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Version { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Output { get; set; }

    public override bool Execute()
    {
        try
        {
            byte[] elf = File.ReadAllBytes(Library);
            int changed = ElfVersionNeeds.Weaken(elf, Version);
            Directory.CreateDirectory(Path.GetDirectoryName(Output));
            string temporary = Output + ".tmp";
            File.WriteAllBytes(temporary, elf);
            if (File.Exists(Output))
                File.Delete(Output);
            File.Move(temporary, Output);
            Log.LogMessage("{0}: {1} need(s) for {2} made weak", Output, changed, Version);
            return true;
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException || fault is InvalidDataException)
        {
            Log.LogError("{0}: cannot be made loadable on older C++ runtimes: {1}", Library, fault.Message);
            return false;
        }
    }
}
#endif
