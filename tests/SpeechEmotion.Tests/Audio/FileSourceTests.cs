using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Tests.Audio;

internal sealed class FileSourceTests
{
    [Test]
    public async Task ReadAsync_File_EqualsTheRecordingInMemory()
    {
        using var folder = new TemporaryFolder();
        string path = folder["a.wav"];
        File.WriteAllBytes(path, Wav(1, 2, 24414, 16, Pcm16([.. Enumerable.Range(0, 50_000).Select(i => (short)(i * 7))])));
        Waveform whole = AudioFile.Read(path);
        using (var file = FileSource.Open(path, realTime: false))
        using (var memory = new FileSource("memory", whole, realTime: false))
        {
            Assert.That((file.Name, file.SampleRate), Is.EqualTo((path, 24414)));
            Assert.That(await ReadAll(file), Is.EqualTo(whole.Samples));
            Assert.That(await ReadAll(memory), Is.EqualTo(whole.Samples));
        }
        new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Test]
    public void ReadAsync_CancelledInRealTime_EndsTheWait()
    {
        using var source = new FileSource("memory", new Waveform(new float[16000 * 60], 16000), realTime: true);
        using var cancellation = new CancellationTokenSource(100);

        Assert.That(async () => await source.ReadAsync(new float[16000 * 60], cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<List<float>> ReadAll(FileSource source)
    {
        List<float> all = [];
        float[] buffer = new float[244];
        while (await source.ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
            all.AddRange(buffer[..count]);
        return all;
    }
}
