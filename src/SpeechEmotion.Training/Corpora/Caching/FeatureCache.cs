using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Caching;

/// <summary>
/// Features on disk, so that a second run on the same recordings need not extract them: one file a recording, named by the SHA-256
/// of its bytes, in a folder named by everything else that decides about its features. Can be deleted at any time.
/// </summary>
/// <remarks>
/// A folder stands for the feature settings, this very build of the library, the runtime and the installed ffmpeg: what any of them
/// might change is not found. A file is written beside and renamed, and carries a hash of its content: what is cut off or
/// damaged is not found either. Writing fails silently, once: a full disk costs the memory, not the run.
/// </remarks>
internal sealed class FeatureCache
{
    /// <summary>Names another folder, or <c>off</c>.</summary>
    public const string Variable = "SPEECHEMOTION_CACHE";

    /// <summary>Bytes that all folders together may hold after a run; the ones used longest ago go first.</summary>
    public const long MaxBytes = 2L << 30;

    private const string Format = "1";

    private readonly string root;
    private readonly string key;
    private readonly long maxBytes;
    private volatile bool isBroken;
    private volatile bool hasWritten;

    /// <param name="root">Folder of the whole cache.</param>
    /// <param name="settings">What the features are made with.</param>
    /// <param name="maxBytes">See <see cref="MaxBytes"/>.</param>
    public FeatureCache(string root, FeatureSettings settings, long maxBytes = MaxBytes)
    {
        (this.root, this.maxBytes) = (root, maxBytes);
        key = KeyOf(settings);
        Folder = Path.Combine(root, key);
    }

    /// <summary>Where features of these settings are.</summary>
    public string Folder { get; }

    /// <summary>The user's cache; null where it is switched off or there is no place for one.</summary>
    public static FeatureCache? ForUser(FeatureSettings settings) =>
        FindUserFolder(Environment.GetEnvironmentVariable) is { } root ? new FeatureCache(root, settings) : null;

    /// <summary>Where the system puts caches: the XDG base directory specification's place on Linux.</summary>
    internal static string? FindUserFolder(Func<string, string?> variable)
    {
        if (variable(Variable) is { Length: > 0 } named)
            return named == "off" ? null : named;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string place = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : variable("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg) ? xdg
            : home.Length == 0 ? ""
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
        return place.Length == 0 ? null : Path.Combine(place, "speech-emotion", "features");
    }

    /// <summary>What is kept of the recording whose bytes have this hash; null when there is nothing, or nothing whole.</summary>
    public CachedFeatures? Find(string sha256)
    {
        try
        {
            return CachedFeatures.Read(PathOf(sha256), key + sha256);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Keeps features; does nothing once writing has failed.</summary>
    public void Keep(string sha256, CachedFeatures features)
    {
        if (isBroken)
            return;
        try
        {
            // Not flushed: a file that the disk lost half of is found out when it is read.
            AtomicFile.Write(PathOf(sha256), stream => features.Write(stream, key + sha256), durable: false);
            hasWritten = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            isBroken = true;
        }
    }

    /// <summary>The run is over: marks the folder as used, and gives up what was used longest ago where all is more than it may be.</summary>
    public void Close()
    {
        try
        {
            if (Directory.Exists(Folder))
                Directory.SetLastWriteTimeUtc(Folder, DateTime.UtcNow);
            if (hasWritten)
                CacheEviction.Limit(root, Folder, maxBytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another process may have deleted what was to be counted.
        }
    }

    private string PathOf(string sha256) => Path.Combine(Folder, sha256 + ".features");

    private static string KeyOf(FeatureSettings settings)
    {
        // Normalisation comes after extraction.
        string json = SettingsFile.ToJson(new RunSettings { Features = settings with { Normalisation = Normalisation.None } });
        string all = string.Join('\n', Format, typeof(FeatureCache).Module.ModuleVersionId, RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier, Ffmpeg.Stamp(), json);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..32];
    }
}
