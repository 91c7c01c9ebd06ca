using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora.Caching;

public class FeatureCacheTests
{
    private static readonly FeatureSettings Settings = new();
    private static readonly string Hash = new('a', 64);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Find_WhatWasKept_IsTheSameToTheLastBit()
    {
        CachedFeatures kept = Example();
        New().Keep(Hash, kept);
        CachedFeatures found = New().Find(Hash)!;
        Assert.That(found.Features.Values, Is.EqualTo(kept.Features.Values));
        Assert.That((found.Features.Features, found.Features.Frames), Is.EqualTo((5, 7)));
        Assert.That(found.Recording.SamplesSha256, Is.EqualTo(kept.Recording.SamplesSha256));
        RecordingFacts was = kept.Recording, now = found.Recording;
        Assert.That((now.Seconds, now.SampleRate), Is.EqualTo((was.Seconds, was.SampleRate)));
        Assert.That(was.Fingerprint!.Peaks, Is.Not.Empty);
        Assert.That(now.Fingerprint!.Peaks, Is.EqualTo(was.Fingerprint.Peaks));
        Assert.That(now.Fingerprint.Signs.Words, Is.EqualTo(was.Fingerprint.Signs.Words));
        Assert.That(now.Fingerprint.ActiveBlocks.Words, Is.EqualTo(was.Fingerprint.ActiveBlocks.Words));
        Assert.That(now.Warnings, Is.EqualTo(was.Warnings));
    }

    [Test]
    public void Find_AnotherFileOrSetting_FindsNothing()
    {
        New().Keep(Hash, Example());
        Assert.That(New().Find(new string('b', 64)), Is.Null);
        foreach (FeatureSettings other in new[] { Settings with { TrimDb = 34 }, Settings with { MelBands = 65 },
            Settings with { SampleRate = 16001 } })
            Assert.That(new FeatureCache(folder.Path, other).Find(Hash), Is.Null);
        Assert.That(new FeatureCache(folder.Path, Settings with { Normalisation = Normalisation.Corpus }).Find(Hash), Is.Not.Null,
            "normalised afterwards");
    }

    [Test]
    public void Find_AnyByteFlippedOrMissing_FindsNothing()
    {
        New().Keep(Hash, Example());
        string file = TheFile();
        byte[] whole = File.ReadAllBytes(file);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(file, damaged);
            Assert.That(New().Find(Hash), Is.Null, $"byte {i}");
        }
        for (int length = 0; length < whole.Length; length += 13)
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.That(New().Find(Hash), Is.Null, $"{length} bytes");
        }
        File.WriteAllBytes(file, whole);
        Assert.That(New().Find(Hash), Is.Not.Null);
    }

    [Test]
    public void Find_FileUnderAnothersName_FindsNothing()
    {
        New().Keep(Hash, Example());
        string other = new('c', 64);
        File.Copy(TheFile(), TheFile().Replace(Hash, other, StringComparison.Ordinal));
        Assert.That(New().Find(other), Is.Null);
    }

    [Test]
    public void Keep_NoPlaceToWrite_DoesNoHarm()
    {
        File.WriteAllText(folder["file"], "");
        FeatureCache cache = new(folder["file"], Settings);
        Assert.That(() => cache.Keep(Hash, Example()), Throws.Nothing);
        Assert.That(cache.Find(Hash), Is.Null);
        Assert.That(cache.Close, Throws.Nothing);
    }

    [Test]
    public void Keep_FolderDeletedMeanwhile_DoesNoHarm()
    {
        FeatureCache cache = New();
        cache.Keep(Hash, Example());
        Directory.Delete(cache.Folder, recursive: true);
        Assert.That(cache.Find(Hash), Is.Null);
        cache.Keep(Hash, Example());
        Assert.That(cache.Find(Hash), Is.Not.Null);
        Directory.Delete(cache.Folder, recursive: true);
        Assert.That(cache.Close, Throws.Nothing);
    }

    [Test]
    public void Keep_ManyWritersAndReadersAtOnce_NeverFindsHalf()
    {
        CachedFeatures example = Example();
        Parallel.For(0, 400, i =>
        {
            if (i % 2 == 0)
                New().Keep(Hash, example);
            else if (New().Find(Hash) is { } found)
                Assert.That(found.Features.Values, Is.EqualTo(example.Features.Values));
        });
        Assert.That(Directory.GetFiles(New().Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Close_MoreThanMayBeKept_GivesUpWhatWasUsedLongestAgo()
    {
        CachedFeatures example = Example(rows: 1000);
        FeatureCache old = new(folder.Path, Settings with { Mfcc = 1 }), older = new(folder.Path, Settings with { Mfcc = 2 });
        foreach (FeatureCache cache in new[] { old, older })
        {
            cache.Keep(Hash, example);
            cache.Close();
        }
        Directory.SetLastWriteTimeUtc(older.Folder, DateTime.UtcNow.AddDays(-2));
        Directory.SetLastWriteTimeUtc(old.Folder, DateTime.UtcNow.AddDays(-1));
        long one = new FileInfo(Directory.GetFiles(old.Folder)[0]).Length;

        FeatureCache current = new(folder.Path, Settings, maxBytes: 5 * one / 2);
        current.Keep(Hash, example);
        current.Close();
        Assert.That((Directory.Exists(older.Folder), Directory.Exists(old.Folder), current.Find(Hash) is null),
            Is.EqualTo((false, true, false)));

        for (int i = 0; i < 5; i++)
            current.Keep(new string((char)('0' + i), 64), example);
        current.Close();
        Assert.That(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length),
            Is.LessThanOrEqualTo(5 * one / 2));
    }

    [TestCase("off", null, ExpectedResult = null)]
    [TestCase("named", "/xdg", ExpectedResult = "named")]
    public string? FolderOfUser_Variable_Decides(string? own, string? xdg) =>
        FeatureCache.FindUserFolder(name => name == FeatureCache.Variable ? own : name == "XDG_CACHE_HOME" ? xdg : null);

    [Test, Platform("Linux")]
    public void FolderOfUser_Linux_FollowsTheXdgSpecification()
    {
        Assert.That(FeatureCache.FindUserFolder(name => name == "XDG_CACHE_HOME" ? "/xdg" : null),
            Is.EqualTo("/xdg/speech-emotion/features"));
        Assert.That(FeatureCache.FindUserFolder(name => name == "XDG_CACHE_HOME" ? "relative" : null),
            Does.EndWith("/.cache/speech-emotion/features").Or.Null);
    }

    private FeatureCache New() => new(folder.Path, Settings);

    private string TheFile() => Directory.GetFiles(New().Folder).Single();

    private static CachedFeatures Example(int rows = 5) => new(
        new RecordingFacts
        {
            SamplesSha256 = "of the samples",
            Seconds = 1.25,
            SampleRate = 24414,
            Fingerprint = Fingerprint.Compute(new Waveform(TestSignals.Speech(1), TestSignals.Rate)),
            Warnings = ["truncated: ä"],
        },
        new FeatureMatrix([.. TestSignals.Noise(rows * 7).Select((x, i) => i == 3 ? float.NaN : x)], rows, 7));
}
