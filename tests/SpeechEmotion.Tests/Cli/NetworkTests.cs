using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The program never uses a network.</summary>
public class NetworkTests
{
    [Test]
    public void Verbs_WithoutANetwork_Work()
    {
        Namespaces.Require("-n");
        string model = TrainedRun.Folder, sound = TrainedRun.In("offline");
        (int code, string output, string errors) = Namespaces.Run("-n", $"""
            set -e
            {Namespaces.Program} info '{model}'
            {Namespaces.Program} train '{TrainedRun.ConfigPath}' --set Training.Epochs=1 --out '{TrainedRun.In("offline-run")}'
            {Namespaces.Program} evaluate '{model}' --out '{TrainedRun.In("offline-evaluation")}'
            {Namespaces.Program} corpus '{sound}' --kind synthetic --write
            {Namespaces.Program} predict '{sound}' --model '{model}'
            """);
        Assert.That(code, Is.Zero, output + errors);
    }

    [TestCase("SpeechEmotion.dll")]
    [TestCase("SpeechEmotion.Cli.dll")]
    public void Assembly_References_HoldNoNetwork(string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, name));
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        Assert.That(
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)),
            Has.None.StartsWith("System.Net").And.Some.StartsWith("System."));
    }
}
