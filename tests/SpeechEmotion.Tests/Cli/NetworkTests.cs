using System.CommandLine;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Spectre.Console.Testing;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The program never uses a network.</summary>
public class NetworkTests
{
    [Test]
    public void Verbs_WithoutANetwork_Work()
    {
        Namespaces.Require("-n");
        string model = TrainedRun.Folder, sound = TrainedRun.In("offline"), folds = TrainedRun.In("offline-crossval");
        string script = $"""
            set -e
            {Namespaces.Program} info '{model}'
            {Namespaces.Program} train '{TrainedRun.ConfigPath}' --set Training.Epochs=1 --out '{TrainedRun.In("offline-run")}'
            {Namespaces.Program} evaluate '{model}' --out '{TrainedRun.In("offline-evaluation")}'
            {Namespaces.Program} corpus '{sound}' --kind synthetic --write
            {Namespaces.Program} crossval '{TrainedRun.ConfigPath}' --set Training.Epochs=1 --set Split.Folds=2 --out '{folds}'
            {Namespaces.Program} predict '{sound}' --model '{model}'
            {Namespaces.Program} features '{sound}' --out '{TrainedRun.In("offline.csv")}'
            {Namespaces.Program} live --file "$(find '{sound}' -name '*.wav' | head -n 1)" --fast --model '{model}'
            if command -v ffmpeg >/dev/null; then {Namespaces.Program} devices; fi
            """;
        foreach (Command verb in Program.Root(new TestConsole(), TextWriter.Null,
            CancellationToken.None).Subcommands.Where(verb => !verb.Hidden))
            Assert.That(script, Does.Contain($"{Namespaces.Program} {verb.Name}"), "every verb");

        (int code, string output, string errors) = Namespaces.Run("-n", script);

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
