using System.ComponentModel;
using System.Diagnostics;

namespace SpeechEmotion.Audio;

/// <summary>The command that installs ffmpeg on this system.</summary>
public static class FfmpegInstall
{
    private const string OsRelease = "/etc/os-release"; // freedesktop.org, "os-release"

    /// <summary>Path of the installed ffmpeg; null: there is none on the search path.</summary>
    public static string? Find() => Ffmpeg.Find(Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The version of the installed ffmpeg, as it names itself; null: there is none, or it does not start.</summary>
    internal static string? Version()
    {
        if (Find() is not { } program)
            return null;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, ["-version"]) { RedirectStandardOutput = true })!;
            string? first = process.StandardOutput.ReadLine(); // "ffmpeg version 5.1.6-0+deb12u1 Copyright (c) ..."
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return first?.Split(' ').ElementAtOrDefault(2);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The command as part of a message, in quotes.</summary>
    public static string Hint()
    {
        if (OperatingSystem.IsWindows())
            return "install it with 'winget install ffmpeg'";
        if (OperatingSystem.IsMacOS())
            return "install it with 'brew install ffmpeg'";
        return HintForLinux(File.Exists(OsRelease) ? File.ReadAllText(OsRelease) : "");
    }

    /// <summary>The command for a Linux distribution, given the text of its os-release file.</summary>
    internal static string HintForLinux(string osRelease)
    {
        foreach (string family in Families(osRelease))
        {
            string? command = family switch
            {
                "debian" or "ubuntu" => "sudo apt install ffmpeg",
                "fedora" or "rhel" or "centos" => "sudo dnf install ffmpeg-free",
                "arch" => "sudo pacman -S ffmpeg",
                "alpine" => "sudo apk add ffmpeg",
                "suse" or "opensuse" or "opensuse-leap" or "opensuse-tumbleweed" => "sudo zypper install ffmpeg",
                _ => null,
            };
            if (command is not null)
                return $"install it with '{command}'";
        }
        return "install the package ffmpeg of this system";
    }

    /// <summary>ID, then the entries of ID_LIKE, closest first.</summary>
    private static IEnumerable<string> Families(string osRelease)
    {
        string[] lines = osRelease.Split('\n', StringSplitOptions.TrimEntries);
        foreach (string key in (string[])["ID=", "ID_LIKE="])
            foreach (string line in lines)
                if (line.StartsWith(key, StringComparison.Ordinal))
                    foreach (string family in line[key.Length..].Trim('"', '\'').Split(' '))
                        yield return family;
    }
}
