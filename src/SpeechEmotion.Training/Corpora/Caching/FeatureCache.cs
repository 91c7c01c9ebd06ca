using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Caching;

/// <summary>
/// A cache of features on disk, so that further runs on the same recordings need not extract them: one file per recording, named by the
/// SHA-256 of its bytes and its segment, in a folder named by a hash of everything else that determines the features. It can be deleted
/// at any time.
/// </summary>
/// <remarks>
/// The name of a folder depends on the feature settings, the build of the library, the runtime and the installed ffmpeg, so that a change
/// of any of them invalidates the cache. A file is written under a temporary name, renamed, and contains a hash of its content; truncated
/// or damaged files are ignored. After the first write error, such as a full disk, nothing more is written and the run continues.
/// </remarks>
internal sealed class FeatureCache
{
    /// <summary>Environment variable with another folder for the cache, or <c>off</c>.</summary>
    public const string Variable = "SPEECHEMOTION_CACHE";

    /// <summary>Largest size of all folders after a run in bytes (2 GiB); the least recently used are deleted first.</summary>
    public const long MaxBytes = 2L << 30;

    private const string Format = "2";

    private readonly string root;
    private readonly string key;
    private readonly long maxBytes;
    private volatile bool isBroken;
    private volatile bool hasWritten;

    /// <param name="root">Folder of the whole cache.</param>
    /// <param name="settings">How the features are computed.</param>
    /// <param name="maxBytes">See <see cref="MaxBytes"/>.</param>
    public FeatureCache(string root, FeatureSettings settings, long maxBytes = MaxBytes)
    {
        (this.root, this.maxBytes) = (root, maxBytes);
        key = KeyOf(settings);
        Folder = Path.Combine(root, key);
    }

    /// <summary>The folder of the features with these settings.</summary>
    public string Folder { get; }

    /// <summary>The user's cache; null when it is switched off or the system has no folder for it.</summary>
    public static FeatureCache? ForUser(FeatureSettings settings) =>
        FindUserFolder(Environment.GetEnvironmentVariable) is { } root ? new FeatureCache(root, settings) : null;

    /// <summary>
    /// The folder for the cache according to the conventions of the system; on Linux the XDG base directory specification.
    /// </summary>
    internal static string? FindUserFolder(Func<string, string?> variable)
    {
        if (variable(Variable) is { Length: > 0 } named)
            return named == "off" ? null : named;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : variable("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg) ? xdg
            : home.Length == 0 ? ""
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
        return caches.Length == 0 ? null : Path.Combine(caches, "speech-emotion", "features");
    }

    /// <summary>The cached features of the recording whose bytes have this hash; null when there is no intact file.</summary>
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

    /// <summary>Stores features; does nothing after a write error.</summary>
    public void Keep(string sha256, CachedFeatures features)
    {
        if (isBroken)
            return;
        try
        {
            // The file need not be flushed to disk: an incomplete file is detected when it is read.
            AtomicFile.Write(PathOf(sha256), stream => features.Write(stream, key + sha256), durable: false);
            hasWritten = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            isBroken = true;
        }
    }

    /// <summary>Ends the use by a run: marks the folder as used and enforces the size limit.</summary>
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
            // Another process may have deleted files in the meantime.
        }
    }

    private string PathOf(string sha256) => Path.Combine(Folder, sha256 + ".features");

    private static string KeyOf(FeatureSettings settings)
    {
        // The cached features are not normalised.
        string json = SettingsFile.ToJson(new RunSettings { Features = settings with { Normalisation = Normalisation.None } });
        string all = string.Join('\n', Format, typeof(FeatureCache).Module.ModuleVersionId, RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier, Ffmpeg.Stamp(), json);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..32];
    }
}
