using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Fuzz.Targets;

/// <summary>
/// Bytes as a file that this program or its user wrote: checkpoint, manifest, settings, predictions, report, split. The first byte
/// selects the reader, so that one corpus of inputs serves all.
/// </summary>
internal static class StoredTarget
{
    public static void Run(byte[] input) => Read(input);

    /// <returns>Whether the input is a valid file of its kind.</returns>
    public static bool Read(byte[] input)
    {
        if (input.Length == 0)
            return false;
        byte[] file = input[1..];
        return (char)input[0] switch
        {
            'C' => Allowance.Within<InvalidDataException>(file.Length, () => AsCheckpoint(file)),
            'J' => Allowance.Within<SettingsException>(file.Length,
                () => SettingsFile.Parse(Encoding.UTF8.GetString(file), Allowance.Name)),
            'M' => WithFile(file, path => ManifestFile.Read(path, new ProblemTally())),
            'P' => WithFile(file, path => PredictionsFile.Load(path)),
            'R' => WithFile(file, path => EvaluationReport.Load(path)),
            'S' => WithFile(file, path => SplitFile.Read(path)),
            _ => false,
        };
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

    private static bool WithFile(byte[] content, Action<string> read)
    {
        string path = Path.Combine(Place, Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        try
        {
            return Allowance.Within<InvalidDataException>(content.Length, () => read(path), path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // In memory where the system has such a place: a fuzzer writes thousands a second.
    private static string Place { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
}
