using System.ComponentModel;
using CliWrap;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// A lossy codec through ffmpeg. One process encodes many utterances, each into a file of its own, and another decodes them: starting
/// ffmpeg takes longer than either. The files are in a temporary folder, which is deleted.
/// </summary>
/// <param name="extension">Extension of the encoded files, which determines the container.</param>
/// <param name="encoder">ffmpeg's name of the encoder.</param>
/// <param name="bitRate">Bit rate, for example <c>24k</c>.</param>
/// <param name="ffmpeg">Path of ffmpeg; null: it is not installed.</param>
internal sealed class LossyCodec(string extension, string encoder, string bitRate, string? ffmpeg)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Why the codec cannot be used here; null if it can.</summary>
    public string? FindFault(int sampleRate, CancellationToken cancellation)
    {
        if (ffmpeg is null)
            return $"needs ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}";
        try
        {
            Transmit([new float[sampleRate / 2]], sampleRate, cancellation);
            return null;
        }
        catch (InvalidDataException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Encodes and decodes utterances. Each keeps its length; the delay of the encoder is compensated by ffmpeg.</summary>
    /// <exception cref="InvalidDataException">ffmpeg failed; the message is its last one.</exception>
    public float[][] Transmit(IReadOnlyList<float[]> utterances, int sampleRate, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("speech-emotion-").FullName;
        try
        {
            int[] all = [.. Enumerable.Range(0, utterances.Count)];
            foreach (int i in all)
                Pcm16File.Write(Path.Combine(folder, $"{i}.wav"), new Waveform(utterances[i], sampleRate));
            Run(folder, [
                .. all.SelectMany(i => new[] { "-i", $"{i}.wav" }),
                .. all.SelectMany(i => new[] { "-map", $"{i}:a:0", "-c:a", encoder, "-b:a", bitRate, $"{i}.{extension}" })], cancellation);
            Run(folder, [
                .. all.SelectMany(i => new[] { "-i", $"{i}.{extension}" }),
                .. all.SelectMany(i => new[] { "-map", $"{i}:a:0", "-c:a", "pcm_f32le", $"{i}.decoded.wav" })], cancellation);
            return [.. all.Select(i =>
            {
                float[] decoded = AudioFile.Read(Path.Combine(folder, $"{i}.decoded.wav"), sampleRate, null, cancellation).Samples;
                Array.Resize(ref decoded, utterances[i].Length);
                return decoded;
            })];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Run(string folder, string[] arguments, CancellationToken cancellation)
    {
        string lastError = "";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(Patience);
        Command command = Cli.Wrap(ffmpeg!)
            .WithWorkingDirectory(folder)
            .WithArguments(["-nostdin", "-y", "-v", "error", "-threads", "1", .. arguments])
            .WithValidation(CommandResultValidation.None)
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => lastError = line.Trim()));
        try
        {
            // On a pool thread, because the caller can have a synchronisation context, in which waiting would deadlock.
            CommandResult result = Task.Run(() => command.ExecuteAsync(stop.Token).Task).GetAwaiter().GetResult();
            if (!result.IsSuccess)
                throw new InvalidDataException($"ffmpeg: {(lastError.Length > 0 ? lastError : $"exit code {result.ExitCode}")}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidDataException($"ffmpeg did not end within {Patience.TotalMinutes} minutes and was stopped");
        }
        catch (Win32Exception cannotStart)
        {
            throw new InvalidDataException($"ffmpeg does not start: {cannotStart.Message}", cannotStart);
        }
    }
}
