namespace SpeechEmotion.Fuzz.Targets;

/// <summary>What a reader may take for an input: memory by what the input has, not by what it claims; one kind of error.</summary>
internal static class Allowance
{
    private const long Base = 16 << 20;

    private const long PerByte = 512;

    /// <summary>Name of the input, with which every error message begins.</summary>
    public const string Name = "input.bin";

    /// <summary>Runs a reader over an input; anything but success or the one kind of error fails.</summary>
    /// <param name="length">Bytes of the input.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="name">What an error message must begin with.</param>
    /// <typeparam name="TFault">The error that bad bytes may cause.</typeparam>
    /// <returns>Whether it was read.</returns>
    public static bool Within<TFault>(int length, Action read, string name = Name)
        where TFault : Exception
    {
        long before = GC.GetTotalAllocatedBytes();
        bool done = true;
        try
        {
            read();
        }
        catch (TFault fault) when (fault.Message.StartsWith(name, StringComparison.Ordinal))
        {
            done = false;
        }
        long taken = GC.GetTotalAllocatedBytes() - before;
        return taken <= Base + (PerByte * length)
            ? done
            : throw new InsufficientMemoryException($"{taken} bytes were allocated for an input of {length}");
    }
}
