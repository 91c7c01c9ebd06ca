using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Fuzz.Targets;

/// <summary>
/// Bytes as a file that this program or its user wrote: checkpoint, manifest, settings, predictions, report, split. The first byte says
/// which, so that one corpus of inputs serves all.
/// </summary>
internal static class StoredTarget
{
    public static void Run(byte[] input)
    {
        if (input.Length == 0)
            return;
        byte[] file = input[1..];
        switch ((char)input[0])
        {
            case 'C':
                Allowance.Within<InvalidDataException>(file.Length, () => AsCheckpoint(file));
                break;
            case 'J':
                Allowance.Within<SettingsException>(file.Length, () => SettingsFile.Parse(Encoding.UTF8.GetString(file), Allowance.Name));
                break;
            case 'M':
                WithFile(file, path => ManifestFile.Read(path, new ProblemTally()));
                break;
            case 'P':
                WithFile(file, path => PredictionsFile.Load(path));
                break;
            case 'R':
                WithFile(file, path => EvaluationReport.Load(path));
                break;
            case 'S':
                WithFile(file, path => SplitFile.Read(path));
                break;
        }
    }

    /// <summary>As it is, and with its hash set right, which a changed file never has: the rules behind the hash must hold too.</summary>
    private static void AsCheckpoint(byte[] file)
    {
        try
        {
            Checkpoint.Read(file, Allowance.Name);
        }
        catch (InvalidDataException fault) when (fault.Message.StartsWith(Allowance.Name, StringComparison.Ordinal))
        {
        }
        Dictionary<string, StoredTensor> tensors;
        Dictionary<string, string> texts;
        try
        {
            (tensors, texts) = SafeTensors.Read(file);
        }
        catch (InvalidDataException)
        {
            return;
        }
        texts.Remove("sha256");
        texts["sha256"] = Checkpoint.Hash(tensors, texts);
        using var again = new MemoryStream();
        SafeTensors.Write(again, tensors, texts);
        Checkpoint.Read(again.ToArray(), Allowance.Name);
    }

    private static void WithFile(byte[] content, Action<string> read)
    {
        string path = Path.Combine(Place, Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        try
        {
            Allowance.Within<InvalidDataException>(content.Length, () => read(path), path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // In memory where the system has such a place: a fuzzer writes thousands a second.
    private static string Place { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
}
