using System.Runtime.InteropServices;
using System.Text;

namespace SpeechEmotion.Models;

/// <summary>
/// The environment that native libraries read. On Linux and macOS .NET keeps a copy of its own: <see cref="Environment"/> changes only
/// this copy.
/// </summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable for native libraries of this process that are loaded later.</summary>
    /// <exception cref="InvalidOperationException">The operating system refuses it.</exception>
    public static void Set(string name, string value)
    {
        // The copy is taken at its first use: taken now, child processes do not inherit what is set here.
        _ = Environment.GetEnvironmentVariables();
        int error;
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(name, value);
            error = PutEnvironment(Text(name), Text(value));
        }
        else
        {
            error = SetEnvironment(Text(name), Text(value), overwrite: 1);
        }
        if (error != 0)
            throw new InvalidOperationException($"{name}={value} cannot be set (error {error})");
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    [LibraryImport("libc", EntryPoint = "setenv")]
    private static partial int SetEnvironment(byte[] name, byte[] value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s")]
    private static partial int PutEnvironment(byte[] name, byte[] value);
}
