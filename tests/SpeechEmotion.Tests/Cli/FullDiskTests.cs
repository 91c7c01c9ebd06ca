using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>
/// A training on a disk that is too small stops with one line, leaves whole files alone, and goes on to the same end once there is
/// room. SPEECHEMOTION_DISKS sets how many sizes are tried (default 3).
/// </summary>
[Category("Disk"), NonParallelizable]
public class FullDiskTests
{
    [Test]
    public void Train_DiskFillsUp_KeepsWholeFilesAndGoesOn()
    {
        Namespaces.Require("-m");
        using var folder = new TemporaryFolder();
        string config = Path.Combine(SharedData.ProjectRoot()!, "configs", "smoke.json");
        string train = $"{Namespaces.Program} train '{config}' --threads 1 --set Training.Epochs=4 --out";
        Assert.That(Namespaces.Run("-m", $"{train} '{folder["whole"]}'").Code, Is.Zero);
        long needed = new DirectoryInfo(folder["whole"]).EnumerateFiles().Sum(file => file.Length);
        int disks = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_DISKS") ?? "3");

        for (int i = 0; i < disks; i++)
        {
            string disk = Directory.CreateDirectory(folder[$"disk-{i}"]).FullName, full = folder[$"full-{i}"],
                resumed = folder[$"resumed-{i}"];
            long size = needed * (disks + (9L * i)) / (10L * disks);
            (int code, string output, string errors) = Namespaces.Run("-m", $"""
                mount -t tmpfs -o size={size} none '{disk}' || exit 99
                {train} '{disk}/run' >/dev/null
                code=$?
                cp -a '{disk}/run' '{full}'
                mount -o remount,size=200m '{disk}' || exit 99
                {train} '{disk}/run' --resume >/dev/null || exit 98
                cp -a '{disk}/run' '{resumed}'
                exit $code
                """);

            Assert.That(code, Is.EqualTo(1), $"{size} of {needed} bytes: {output}{errors}");
            Assert.That(errors.Trim(),
                Does.StartWith(disk).And.Contain("cannot be written: ").And.Not.Contain("\n").And.Not.Contain(".tmp"), $"{size} bytes");
            Assert.That(Directory.GetFiles(full, ".*.tmp"), Is.Empty);
            foreach (string file in Directory.GetFiles(full, "*.safetensors"))
                Assert.That(() => Checkpoint.Load(file), Throws.Nothing);
            Assert.That(RunComparison.Differences(folder["whole"], resumed), Is.Empty, $"{size} bytes");
            TestContext.Out.WriteLine($"{size} of {needed} bytes: {errors.Trim()}; there were {Directory.GetFiles(full).Length} files");
        }
    }
}
