using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Augmentation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Benchmarks;

/// <summary>
/// <c>training [CONFIG [EPOCHS]]</c>: the time of each stage of a training step, and its arithmetic throughput in relation to libtorch's
/// product of
/// two large matrices on the same thread in the same run. The features are noise with the durations of TESS.
/// </summary>
internal static class TrainingSpeed
{
    private const int Clips = 1920, Labels = 7, MatrixSize = 1024, Products = 12;
    private const double MinSeconds = 1.3, MaxSeconds = 2.4;

    public static int Run(string[] args)
    {
        RunSettings settings = args.Length > 0 ? SettingsFile.Load(args[0]) : new RunSettings();
        int epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        LibTorch.Load(settings.Training.CpuLevel);
        set_num_threads(settings.Training.TorchThreads); // another makes the batches, as in a training on two cores
        (LabelledClip[] clips, FeatureNormaliser normaliser) = Corpus(settings);
        var batches = new Batches(clips, settings, normaliser, Labels);
        manual_seed(1);
        using EmotionNetwork network = New(settings);
        using var average = new ExponentialMovingAverage(network, New(settings), settings.Training);
        using var optimizer = new AdamW(network, settings.Training);
        var time = new Dictionary<string, List<double>>();
        long steps = 0, frames = 0, padded = 0, utterances = 0;
        network.train();
        for (int epoch = 1; epoch <= epochs + 1; epoch++) // the first warms up
        {
            if (epoch == 2)
                (frames, padded, utterances) = (Reset(time), 0, 0);
            foreach (TrainingBatch batch in Timed(batches.Enumerate(epoch), time))
                using (batch)
                {
                    Step(network, optimizer, average, batch, ++steps, time);
                    utterances += batch.Clips.Count;
                    frames += batch.Clips.Lengths.Sum();
                    padded += (long)batch.Clips.Count * batch.Clips.Frames;
                }
        }
        double product = Product();
        double alone = Median(Alone(batches, epochs + 2));
        Report(settings, time, utterances / (double)(epochs * batches.PerEpoch), frames / (double)utterances, padded / (double)frames,
            product, alone);
        return 0;
    }

    private static void Report(
        RunSettings settings, Dictionary<string, List<double>> time, double batch, double frames, double padding, double product,
            double alone)
    {
        Dictionary<string, double> each = time.ToDictionary(pair => pair.Key, pair => Median(pair.Value));
        // Forward once, backward twice; a multiplication and an addition
        double step = each.Values.Sum(), work = 3 * Multiplications(settings, frames) * 2;
        double rate = batch * work / (each["forward"] + each["backward"]);
        Console.WriteLine($"{settings.Name}: {batch:0.#} utterances a step, {step * 1000:0.0} ms, {batch / step:N0} utterances a second; "
            + $"{100 * (padding - 1):0.0} % of the frames are padding");
        foreach ((string stage, double seconds) in each)
            Console.WriteLine($"  {stage,-24}{seconds * 1000,7:0.0} ms {100 * seconds / step,5:0} %");
        Console.WriteLine($"  {"(a batch by itself)",-24}{alone * 1000,7:0.0} ms, made meanwhile by another thread");
        Console.WriteLine($"products: {work / 1e6:0.0} MFLOP an utterance, {rate / 1e9:0.0} GFLOP/s in forward and backward, "
            + $"{100 * rate / product:0} % of the {product / 1e9:0.0} GFLOP/s of a product of {MatrixSize} x {MatrixSize} matrices");
    }

    // Multiplications of one utterance, of the products alone.
    private static double Multiplications(RunSettings settings, double frames) => settings.Model.AllMembers.Sum(member =>
    {
        NetworkSizes sizes = NetworkSizes.FromSettings(settings, Labels);
        double width = sizes.Features * (member.View == InputView.Both ? 2 : 1), sum = 0, length = frames;
        if (member.Kind is ModelKind.Conv or ModelKind.ConvLstm)
            foreach (int channels in settings.Model.Channels)
            {
                length /= 2;
                sum += length * settings.Model.Kernel * channels * (width + (settings.Model.Residuals * channels));
                width = channels;
            }
        if (member.Kind is ModelKind.Lstm or ModelKind.ConvLstm)
            sum += length * (settings.Model.Bidirectional ? 2 : 1) * 4 * settings.Model.LstmUnits * (width + settings.Model.LstmUnits);
        return sum + (sizes.Statistics * settings.Model.Statistics);
    });

    private static void Step(
        EmotionNetwork network, AdamW optimizer, ExponentialMovingAverage average, TrainingBatch batch, long step,
            Dictionary<string, List<double>> time)
    {
        using var scope = NewDisposeScope();
        long at = Stopwatch.GetTimestamp();
        (Tensor x, Tensor mask, Tensor statistics) = batch.Clips.ToTensors();
        Tensor targets = PaddedBatch.ToTensor(batch.Targets, [batch.Clips.Count, Labels]);
        at = Add(time, "to tensors", at);
        Tensor loss = targets.mul(network.Classify(network.Embed(x, mask, statistics)).log_softmax(2)).sum(new long[] { 2 }).mean().neg();
        at = Add(time, "forward", at);
        network.zero_grad();
        loss.backward();
        at = Add(time, "backward", at);
        nn.utils.clip_grad_norm_(network.parameters(), 5);
        optimizer.Step(1e-3, step);
        average.Update(step);
        Add(time, "clip, AdamW, average", at);
    }

    // The time that the loop waits for a batch.
    private static IEnumerable<TrainingBatch> Timed(IEnumerable<TrainingBatch> batches, Dictionary<string, List<double>> time)
    {
        using IEnumerator<TrainingBatch> each = batches.GetEnumerator();
        while (true)
        {
            long at = Stopwatch.GetTimestamp();
            if (!each.MoveNext())
                yield break;
            Add(time, "wait for a batch", at);
            yield return each.Current;
        }
    }

    private static IEnumerable<double> Alone(Batches batches, int epoch)
    {
        long at = Stopwatch.GetTimestamp();
        foreach (TrainingBatch batch in batches.Enumerate(epoch))
        {
            batch.Dispose();
            yield return Stopwatch.GetElapsedTime(at).TotalSeconds;
            at = Stopwatch.GetTimestamp();
        }
    }

    private static double Product()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor a = randn(MatrixSize, MatrixSize), b = randn(MatrixSize, MatrixSize);
        var seconds = new List<double>();
        for (int i = 0; i < Products; i++)
        {
            long at = Stopwatch.GetTimestamp();
            using Tensor product = a.mm(b);
            seconds.Add(Stopwatch.GetElapsedTime(at).TotalSeconds);
        }
        return 2.0 * MatrixSize * MatrixSize * MatrixSize / Median(seconds);
    }

    private static (LabelledClip[] Clips, FeatureNormaliser Normaliser) Corpus(RunSettings settings)
    {
        var layout = new FeatureLayout(settings.Features);
        var random = new Random(1);
        LabelledClip[] clips = [.. Enumerable.Range(0, Clips).Select(i =>
        {
            int frames = (int)((MinSeconds + ((MaxSeconds - MinSeconds) * random.NextDouble())) * settings.Features.SampleRate
                / settings.Features.HopLength);
            var clip = new FeatureMatrix(new float[layout.Count * frames], layout.Count, frames);
            for (int j = 0; j < clip.Values.Length; j++)
                clip.Values[j] = (float)((40 * random.NextDouble()) - 60);
            return new LabelledClip(clip, i % Labels, $"speaker {i % 8}") { Waveform = Sound(settings, frames, random) };
        })];
        return (clips, FeatureNormaliser.Fit(settings.Features.Normalisation, clips.Select(clip => clip.Features)) with
        {
            SpeakerModel = FeatureNormaliser.NeedsSpeakerModel(settings)
                ? SpeakerVarianceModel.Fit([.. clips.Select(clip => (clip.Statistics, clip.Speaker, 2.0))]) : null,
        });
    }

    // For waveform augmentation.
    private static Pcm16Samples? Sound(
        RunSettings settings, int frames, Random random) => !WaveformAugmentation.IsEnabled(settings.Augmentation)
        ? null
        : new Pcm16Samples([.. Enumerable.Range(0, frames * settings.Features.HopLength)
            .Select(_ => (float)(0.2 * (random.NextDouble() - 0.5)))]);

    private static EmotionNetwork New(RunSettings settings) => new(settings.Model, NetworkSizes.FromSettings(settings, Labels));

    private static long Reset(Dictionary<string, List<double>> time)
    {
        time.Clear();
        return 0;
    }

    private static long Add(Dictionary<string, List<double>> time, string stage, long since)
    {
        if (!time.TryGetValue(stage, out List<double>? seconds))
            time[stage] = seconds = [];
        seconds.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
        return Stopwatch.GetTimestamp();
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
