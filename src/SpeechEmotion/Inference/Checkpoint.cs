using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>
/// A trained model as one safetensors file: weights, normaliser, labels and settings, from which the model is rebuilt
/// without anything else. Data only: loading one runs no code from it.
/// </summary>
public sealed record Checkpoint
{
    private const string Format = "speech-emotion";
    private const int FormatVersion = 2;
    private const string WholeHash = "sha256";
    private const string TensorHashes = "sha256.tensors";
    private const long MaxFileBytes = int.MaxValue / 2;
    private const string ModelPrefix = "model.";
    private const string TemperatureKey = "temperature";
    private const string MeanName = "normaliser.mean";
    private const string StandardDeviationName = "normaliser.deviation";
    private const string SpeakerMeanName = "normaliser.voices.mean";
    private const string SpeakerWithinName = "normaliser.voices.within";
    private const string SpeakerBetweenName = "normaliser.voices.between";
    private const string UtteranceSecondsName = "normaliser.voices.utteranceSeconds";

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web);

    /// <summary>The settings of the run that trained the model.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>The emotions, in the order of the logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The normaliser with its statistics from the training part.</summary>
    public required FeatureNormaliser Normaliser { get; init; }

    /// <summary>The file that it was read from, for error messages; empty for a new checkpoint.</summary>
    public string Source { get; private init; } = "";

    /// <summary>Training data and protocol of the model.</summary>
    public ModelProvenance Provenance { get; init; } = new();

    /// <summary>Temperature of the calibration: each probability is raised to the power of 1 / temperature.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The network's parameters and running statistics, by name.</summary>
    public required IReadOnlyDictionary<string, StoredTensor> Weights { get; init; }

    /// <summary>Further tensors by full name, from which training resumes.</summary>
    internal IReadOnlyDictionary<string, StoredTensor> Extra { get; init; } = new Dictionary<string, StoredTensor>();

    /// <summary>Further texts by key, from which training resumes.</summary>
    internal IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes the file completely or not at all. Equal contents give equal bytes.</summary>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>
    /// SHA-256, in hexadecimal digits, of all that decides about results: weights, normaliser, labels, temperature, and the settings of
    /// features, network and segmentation.
    /// </summary>
    internal string InferenceHash()
    {
        var texts = new Dictionary<string, string>
        {
            ["labels"] = JsonSerializer.Serialize(Labels, Compact),
            ["features"] = JsonSerializer.Serialize(Settings.Features, Compact),
            ["model"] = JsonSerializer.Serialize(Settings.Model, Compact),
            ["live"] = JsonSerializer.Serialize(Settings.Live, Compact),
            [TemperatureKey] = Temperature.ToString("R", CultureInfo.InvariantCulture),
        };
        return Hash(InferenceTensors(), texts);
    }

    /// <summary>Writes the file's bytes.</summary>
    internal void Write(Stream stream)
    {
        Dictionary<string, StoredTensor> tensors = InferenceTensors();
        foreach ((string name, StoredTensor tensor) in Extra)
            tensors.Add(name, tensor);
        var texts = new Dictionary<string, string>(Metadata, StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["formatVersion"] = FormatVersion.ToString(),
            ["settings"] = SettingsFile.ToJson(Settings),
            ["labels"] = JsonSerializer.Serialize(Labels, Compact),
            ["provenance"] = JsonSerializer.Serialize(Provenance, Compact),
            [TemperatureKey] = Temperature.ToString("R", CultureInfo.InvariantCulture),
        };
        Dictionary<string, string> hashes = tensors.ToDictionary(pair => pair.Key, pair => Hash(pair.Value));
        texts[TensorHashes] = JsonSerializer.Serialize(new SortedDictionary<string, string>(hashes, StringComparer.Ordinal));
        texts[WholeHash] = Hash(tensors, texts);
        SafeTensors.Write(stream, tensors, texts);
    }

    private Dictionary<string, StoredTensor> InferenceTensors()
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal)
        {
            [MeanName] = Vector(Normaliser.Mean),
            [StandardDeviationName] = Vector(Normaliser.StandardDeviation),
        };
        foreach ((string name, StoredTensor tensor) in Weights)
            tensors.Add(ModelPrefix + name, tensor);
        if (Normaliser.SpeakerModel is { } speakers)
        {
            tensors.Add(SpeakerMeanName, Vector(speakers.Mean));
            tensors.Add(SpeakerWithinName, Vector(speakers.Within));
            tensors.Add(SpeakerBetweenName, Vector(speakers.Between));
            tensors.Add(UtteranceSecondsName, Vector([(float)speakers.UtteranceSeconds]));
        }
        return tensors;
    }

    /// <summary>Reads and checks a checkpoint.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is not a checkpoint of this program, is damaged, or has another format version; the message names the file.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Checkpoint Load(string path) =>
        new FileInfo(path) is { Exists: true, Length: > MaxFileBytes } file
            ? throw new InvalidDataException($"{path}: {file.Length} bytes: no checkpoint is longer than {MaxFileBytes}")
            : Read(File.ReadAllBytes(path), path);

    /// <summary>Reads and checks a checkpoint from a stream, to its end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">Name of the checkpoint in error messages.</param>
    /// <exception cref="InvalidDataException">As for <see cref="Load(string)"/>; the message names the checkpoint.</exception>
    public static Checkpoint Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Read(bytes.ToArray(), name);
    }

    /// <summary>Reads and checks a file's bytes; <paramref name="path"/> names it in error messages.</summary>
    internal static Checkpoint Read(byte[] file, string path)
    {
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

    /// <summary>Checks the shapes of the weights against the settings, before memory for a network is allocated.</summary>
    /// <exception cref="InvalidDataException">A tensor does not fit the settings; the message names it.</exception>
    internal void CheckWeights() =>
        Named(() => WeightShapes.Check(Weights, Settings.Model, NetworkSizes.FromSettings(Settings, Labels.Count)));

    /// <summary>Runs work on the checkpoint; an <see cref="InvalidDataException"/> gets the name of the file.</summary>
    internal void Named(Action work)
    {
        try
        {
            work();
        }
        catch (InvalidDataException fault) when (Source.Length > 0)
        {
            throw new InvalidDataException($"{Source}: {fault.Message}", fault);
        }
    }

    private static Checkpoint Build(string path, Dictionary<string, StoredTensor> tensors, Dictionary<string, string> texts)
    {
        if (!texts.TryGetValue("format", out string? format) || format != Format)
            throw new InvalidDataException(
                "a safetensors file, but no checkpoint of this program (train one with: speech-emotion train CONFIG)");
        string version = Text(texts, "formatVersion");
        if (version != FormatVersion.ToString())
        {
            bool isOlder = int.TryParse(version, out int written) && written < FormatVersion;
            string remedy = isOlder ? "train the model again" : "update the program";
            throw new InvalidDataException($"checkpoint format {version}; this program reads format {FormatVersion}: {remedy}");
        }
        string hash = Text(texts, WholeHash);
        texts.Remove(WholeHash);
        if (hash != Hash(tensors, texts))
            throw new InvalidDataException($"the contents do not match their hash: the file is damaged, {DamagedPlace(tensors, texts)}");
        texts.Remove(TensorHashes);

        string[] labels = JsonSerializer.Deserialize<string[]>(Text(texts, "labels"), Compact) ?? [];
        if (labels.Length < 2 || labels.Distinct().Count() != labels.Length || labels.Any(string.IsNullOrEmpty))
            throw new InvalidDataException($"labels {Text(texts, "labels")}: at least two different ones are needed");
        RunSettings settings = SettingsFile.ParseComplete(Text(texts, "settings"), $"settings in {path}");
        return new Checkpoint
        {
            Source = path,
            Settings = settings,
            Labels = labels,
            Provenance = JsonSerializer.Deserialize<ModelProvenance>(Text(texts, "provenance"), Compact) ?? new ModelProvenance(),
            Normaliser = ReadNormaliser(settings, tensors),
            Temperature = ReadTemperature(texts),
            Weights = tensors.Where(pair => pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[ModelPrefix.Length..], pair => pair.Value),
            Extra = tensors
                .Where(pair => !pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal)
                    && !pair.Key.StartsWith("normaliser.", StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key, pair => pair.Value),
            Metadata = texts,
        };
    }

    private static double ReadTemperature(Dictionary<string, string> texts)
    {
        string text = Text(texts, TemperatureKey);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double temperature)
            && temperature > 0 && double.IsFinite(temperature)
            ? temperature
            : throw new InvalidDataException($"temperature {text}: must be a number above 0");
    }

    private static FeatureNormaliser ReadNormaliser(RunSettings settings, Dictionary<string, StoredTensor> tensors)
    {
        float[] mean = Floats(tensors, MeanName), standardDeviation = Floats(tensors, StandardDeviationName);
        if (mean.Length != standardDeviation.Length)
            throw new InvalidDataException(
                $"tensor {StandardDeviationName} has {standardDeviation.Length} values, {MeanName} has {mean.Length}");
        int features = new FeatureLayout(settings.Features).Count;
        if (settings.Features.Normalisation is Normalisation.Corpus or Normalisation.Speaker && mean.Length != features)
            throw new InvalidDataException($"tensor {MeanName} has {mean.Length} values, the settings make {features} features");
        return new FeatureNormaliser(settings.Features.Normalisation, mean, standardDeviation)
        {
            SpeakerModel = ReadSpeakerModel(tensors, settings),
        };
    }

    /// <summary>Names the first tensor whose hash does not match, and the number of others; without any, the header.</summary>
    private static string DamagedPlace(Dictionary<string, StoredTensor> tensors, Dictionary<string, string> texts)
    {
        if (!texts.TryGetValue(TensorHashes, out string? written))
            return "in its header or its values";
        Dictionary<string, string> hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(written) ?? [];
        string[] changed =
        [
            .. tensors.Where(pair => hashes.GetValueOrDefault(pair.Key) != Hash(pair.Value))
                .Select(pair => pair.Key).Order(StringComparer.Ordinal),
        ];
        return changed.Length switch
        {
            0 => "in its header",
            1 => $"in tensor {changed[0]}",
            _ => $"in tensor {changed[0]} and {changed.Length - 1} more",
        };
    }

    private static string Hash(StoredTensor tensor) => Convert.ToHexStringLower(SHA256.HashData(tensor.Data));

    private static SpeakerVarianceModel? ReadSpeakerModel(Dictionary<string, StoredTensor> tensors, RunSettings settings)
    {
        if (!FeatureNormaliser.NeedsSpeakerModel(settings))
            return null;
        float[] seconds = Floats(tensors, UtteranceSecondsName);
        int width = NetworkSizes.CountStatistics(settings);
        float[] mean = Floats(tensors, SpeakerMeanName);
        float[] within = Floats(tensors, SpeakerWithinName), between = Floats(tensors, SpeakerBetweenName);
        if (seconds.Length != 1 || mean.Length != width || within.Length != width || between.Length != width)
            throw new InvalidDataException($"tensor {SpeakerMeanName}: [{mean.Length}], the settings ask for [{width}]");
        return new SpeakerVarianceModel(mean, within, between, seconds[0]);
    }

    private static string Text(Dictionary<string, string> texts, string key) =>
        texts.TryGetValue(key, out string? text) ? text : throw new InvalidDataException($"the checkpoint lacks its {key}");

    /// <summary>SHA-256 over names, types, shapes and values of all tensors, and all texts given.</summary>
    internal static string Hash(IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> texts)
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
