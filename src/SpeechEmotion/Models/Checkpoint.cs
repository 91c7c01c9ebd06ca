using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Models;

/// <summary>
/// A trained model as one safetensors file: weights, normaliser, labels and settings, from which the model is rebuilt
/// without anything else. Data only: loading one runs no code from it.
/// </summary>
internal sealed class Checkpoint
{
    private const string Format = "speech-emotion";
    private const int FormatVersion = 1;
    private const string ModelPrefix = "model.";
    private const string MeanName = "normaliser.mean";
    private const string DeviationName = "normaliser.deviation";

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web);

    /// <summary>The settings of the run that trained the model.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>The emotions, in the order of the logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The normaliser with its statistics from the training part.</summary>
    public required FeatureNormaliser Normaliser { get; init; }

    /// <summary>What the model was trained on.</summary>
    public ModelFacts Facts { get; init; } = new();

    /// <summary>The network's parameters and running statistics, by name.</summary>
    public required IReadOnlyDictionary<string, StoredTensor> Weights { get; init; }

    /// <summary>Tensors beyond the model, by full name: what a resumed training needs.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Extra { get; init; } = new Dictionary<string, StoredTensor>();

    /// <summary>Texts beyond the model's, by key: what a resumed training needs.</summary>
    public IReadOnlyDictionary<string, string> ExtraTexts { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes the file whole or not at all; the same contents give the same bytes.</summary>
    public void Save(string path)
    {
        var tensors = new Dictionary<string, StoredTensor>(Extra, StringComparer.Ordinal);
        foreach ((string name, StoredTensor tensor) in Weights)
            tensors.Add(ModelPrefix + name, tensor);
        tensors.Add(MeanName, Vector(Normaliser.Mean));
        tensors.Add(DeviationName, Vector(Normaliser.Deviation));
        var texts = new Dictionary<string, string>(ExtraTexts, StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["formatVersion"] = FormatVersion.ToString(),
            ["settings"] = SettingsFile.ToJson(Settings),
            ["labels"] = JsonSerializer.Serialize(Labels, Compact),
            ["facts"] = JsonSerializer.Serialize(Facts, Compact),
        };
        texts["sha256"] = Hash(tensors, texts);
        AtomicFile.Write(path, stream => SafeTensors.Write(stream, tensors, texts));
    }

    /// <summary>Reads and checks a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint of this program, damaged, or from a newer version; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Checkpoint Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        try
        {
            (Dictionary<string, StoredTensor> tensors, Dictionary<string, string> texts) = SafeTensors.Read(file);
            return Build(path, tensors, texts);
        }
        catch (Exception fault) when (fault is InvalidDataException or SettingsException or JsonException)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>The network with the stored weights, ready for evaluation.</summary>
    /// <exception cref="InvalidDataException">A tensor does not fit the settings; the message names it.</exception>
    public EmotionNetwork BuildNetwork()
    {
        int features = new FeatureLayout(Settings.Features).Count;
        var network = new EmotionNetwork(Settings.Model, features, Labels.Count);
        try
        {
            StoredState.CopyInto(network, Weights);
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static Checkpoint Build(string path, Dictionary<string, StoredTensor> tensors, Dictionary<string, string> texts)
    {
        if (!texts.TryGetValue("format", out string? format) || format != Format)
            throw new InvalidDataException("a safetensors file, but no checkpoint of this program (train one with: speech-emotion train CONFIG)");
        string version = Text(texts, "formatVersion");
        if (version != FormatVersion.ToString())
            throw new InvalidDataException($"checkpoint format {version}; this program reads format {FormatVersion}: update the program");
        string hash = Text(texts, "sha256");
        texts.Remove("sha256");
        if (hash != Hash(tensors, texts))
            throw new InvalidDataException("the contents do not match their hash: the file is damaged");

        string[] labels = JsonSerializer.Deserialize<string[]>(Text(texts, "labels"), Compact) ?? [];
        if (labels.Length < 2 || labels.Distinct().Count() != labels.Length)
            throw new InvalidDataException($"labels {Text(texts, "labels")}: at least two different ones are needed");
        RunSettings settings = SettingsFile.Parse(FormerSettings.Dropped(Text(texts, "settings")), $"settings in {path}");
        return new Checkpoint
        {
            Settings = settings,
            Labels = labels,
            Facts = JsonSerializer.Deserialize<ModelFacts>(Text(texts, "facts"), Compact) ?? new ModelFacts(),
            Normaliser = new FeatureNormaliser(settings.Features.Normalisation, Floats(tensors, MeanName), Floats(tensors, DeviationName)),
            Weights = tensors.Where(pair => pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[ModelPrefix.Length..], pair => pair.Value),
            Extra = tensors.Where(pair => !pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal) && pair.Key is not (MeanName or DeviationName))
                .ToDictionary(pair => pair.Key, pair => pair.Value),
            ExtraTexts = texts,
        };
    }

    private static string Text(Dictionary<string, string> texts, string key) =>
        texts.TryGetValue(key, out string? text) ? text : throw new InvalidDataException($"the checkpoint lacks its {key}");

    /// <summary>Over names, types, shapes and values of all tensors, and all texts but the hash itself.</summary>
    private static string Hash(IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{key}\0{text}\0"));
        foreach ((string name, StoredTensor tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{tensor.Type}\0{tensor.ShapeText}\0"));
            hash.AppendData(tensor.Data);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static StoredTensor Vector(float[] values) =>
        new("F32", [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static float[] Floats(Dictionary<string, StoredTensor> tensors, string name)
    {
        if (!tensors.TryGetValue(name, out StoredTensor? tensor))
            throw new InvalidDataException($"tensor {name} is missing");
        if (tensor.Type != "F32" || tensor.Shape.Length != 1)
            throw new InvalidDataException($"tensor {name} is {tensor.Type} {tensor.ShapeText}, not F32 [n]");
        return MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();
    }
}
