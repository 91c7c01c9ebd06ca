using System.Diagnostics;
using System.Runtime.InteropServices;
using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Models;

public partial class NativeEnvironmentTests
{
    private const string Name = "SPEECHEMOTION_NATIVE_TEST";

    [Test]
    public void Set_AVariable_ReachesNativeCodeAndNoChildProcess()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("skipped: on Windows one environment serves native and managed code");
        NativeEnvironment.Set(Name, "één");
        Assert.That(Marshal.PtrToStringUTF8(GetEnvironment(Name)), Is.EqualTo("één"));
        using Process child = Process.Start(new ProcessStartInfo("env") { RedirectStandardOutput = true })!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.That(output, Does.Contain("PATH=").And.Not.Contain(Name));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr GetEnvironment(string name);
}
