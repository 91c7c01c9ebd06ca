using System.Runtime.InteropServices;
using SpeechEmotion.Build;

namespace SpeechEmotion.Tests.Build;

/// <summary>What a build puts beside the program: this platform's native libraries, loadable here, and nobody else's.</summary>
public class OutputFolderTests
{
    private static readonly string[] Native = [".so", ".dylib"];

    [Test]
    public void Output_Natives_AreOfThisPlatformAlone()
    {
        string[] foreign = [.. Directory.EnumerateFiles(AppContext.BaseDirectory)
            .Where(file => Native.Any(ending => Path.GetFileName(file).Contains(ending, StringComparison.Ordinal))
                || file.EndsWith(".dll", StringComparison.Ordinal))
            .Where(file => Platform(file) is { } platform && platform != Here)
            .Select(file => Path.GetFileName(file)!)];
        Assert.That(foreign, Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "runtimes")), Is.False,
            "a runtimes folder holds every platform's natives");
    }

    [Test]
    public void Output_TorchBinding_NeedsTheNewRuntimeWeaklyOrNotAtAll()
    {
        string binding = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("skipped: the binding is changed on Linux alone");
        Assert.That(ElfVersionNeeds.Weaken(File.ReadAllBytes(binding), "GLIBCXX_3.4.32"), Is.Zero);
    }

    private static string Here => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "mac" : "linux";

    /// <summary>The platform of a native library by its first bytes; null for managed assemblies and what is no library.</summary>
    private static string? Platform(string file)
    {
        using FileStream stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[4];
        if (stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) < 4)
            return null;
        stream.Position = 0;
        return MemoryMarshal.Read<uint>(head) switch
        {
            0x464c457f => "linux",
            0xfeedfacf or 0xbebafeca => "mac",
            _ when head[0] == 'M' && head[1] == 'Z' =>
                new System.Reflection.PortableExecutable.PEReader(stream).PEHeaders.CorHeader is null ? "windows" : null,
            _ => null,
        };
    }
}
