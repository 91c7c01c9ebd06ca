using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Tests.Build;

/// <summary>
/// A 64-bit little-endian ELF file with nothing but version needs: one Verneed record per library, one Vernaux per version.
/// </summary>
internal sealed class SmallElf
{
    private const int HeaderSize = 64, SectionSize = 64, RecordSize = 16;

    private readonly List<(string Library, (string Version, ushort Flags)[] Needs)> libraries = [];

    public SmallElf Needs(string library, params (string Version, ushort Flags)[] versions)
    {
        libraries.Add((library, versions));
        return this;
    }

    /// <summary>Offset of the low byte of <c>vna_flags</c> of the first need for <paramref name="version"/>.</summary>
    public int FlagsOf(string version)
    {
        int at = HeaderSize;
        foreach ((_, (string Version, ushort)[] needs) in libraries)
        {
            at += RecordSize;
            foreach ((string name, _) in needs)
            {
                if (name == version)
                    return at + 4;
                at += RecordSize;
            }
        }
        throw new ArgumentException($"no need for {version}");
    }

    public byte[] ToBytes()
    {
        // ELF header | .gnu.version_r | .dynstr | section headers: null, .gnu.version_r, .dynstr
        MemoryStream names = new();
        names.WriteByte(0);
        MemoryStream needs = new();
        for (int i = 0; i < libraries.Count; i++)
        {
            (string library, (string Version, ushort Flags)[] versions) = libraries[i];
            bool last = i == libraries.Count - 1;
            U16(needs, 1);                                                          // vn_version
            U16(needs, (ushort)versions.Length);                                    // vn_cnt
            U32(needs, Name(names, library));                                       // vn_file
            U32(needs, RecordSize);                                                 // vn_aux
            U32(needs, last ? 0 : (uint)(RecordSize * (1 + versions.Length)));      // vn_next
            for (int v = 0; v < versions.Length; v++)
            {
                U32(needs, 0x12345678);                                             // vna_hash
                U16(needs, versions[v].Flags);                                      // vna_flags
                U16(needs, (ushort)(v + 2));                                        // vna_other
                U32(needs, Name(names, versions[v].Version));                       // vna_name
                U32(needs, v == versions.Length - 1 ? 0 : (uint)RecordSize);        // vna_next
            }
        }

        long needsAt = HeaderSize, namesAt = needsAt + needs.Length, sectionsAt = namesAt + names.Length;
        MemoryStream elf = new();
        elf.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, .. new byte[8]]);
        U16(elf, 3);                // e_type: shared object
        U16(elf, 62);               // e_machine: x86-64
        U32(elf, 1);                // e_version
        U64(elf, 0);                // e_entry
        U64(elf, 0);                // e_phoff
        U64(elf, sectionsAt);       // e_shoff
        U32(elf, 0);                // e_flags
        U16(elf, HeaderSize);       // e_ehsize
        U16(elf, 0);                // e_phentsize
        U16(elf, 0);                // e_phnum
        U16(elf, SectionSize);      // e_shentsize
        U16(elf, 3);                // e_shnum
        U16(elf, 0);                // e_shstrndx
        needs.WriteTo(elf);
        names.WriteTo(elf);
        elf.Write(new byte[SectionSize]);
        Section(elf, 0x6ffffffe, needsAt, needs.Length, link: 2, info: (uint)libraries.Count);
        Section(elf, 3, namesAt, names.Length, link: 0, info: 0);
        return elf.ToArray();
    }

    private static void Section(MemoryStream elf, uint type, long offset, long size, uint link, uint info)
    {
        U32(elf, 0);            // sh_name
        U32(elf, type);         // sh_type
        U64(elf, 2);            // sh_flags
        U64(elf, offset);       // sh_addr
        U64(elf, offset);       // sh_offset
        U64(elf, size);         // sh_size
        U32(elf, link);         // sh_link
        U32(elf, info);         // sh_info
        U64(elf, 8);            // sh_addralign
        U64(elf, 0);            // sh_entsize
    }

    private static uint Name(MemoryStream names, string name)
    {
        uint at = (uint)names.Length;
        names.Write(Encoding.ASCII.GetBytes(name + "\0"));
        return at;
    }

    private static void U16(MemoryStream to, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        to.Write(bytes);
    }

    private static void U32(MemoryStream to, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        to.Write(bytes);
    }

    private static void U64(MemoryStream to, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        to.Write(bytes);
    }
}
