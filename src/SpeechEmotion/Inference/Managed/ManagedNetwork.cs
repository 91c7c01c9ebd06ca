using SpeechEmotion.Adaptation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference.Managed;

/// <summary>
/// The network of a checkpoint in managed code, for inference: no native library, the same results as libtorch to 1e-5. It is
/// immutable and thread-safe.
/// </summary>
internal sealed class ManagedNetwork : IEmotionNetwork
{
    private readonly ManagedMember[] members;

    /// <exception cref="InvalidDataException">A tensor does not fit the checkpoint's settings; the message names it.</exception>
    public ManagedNetwork(Checkpoint checkpoint)
    {
        checkpoint.CheckWeights();
        NetworkSizes sizes = NetworkSizes.FromSettings(checkpoint.Settings, checkpoint.Labels.Count);
        ModelSettings settings = checkpoint.Settings.Model;
        ManagedMember[] read = [];
        checkpoint.Named(() => read =
        [
            .. settings.AllMembers.Select((member, i) =>
                new ManagedMember(new TensorReader(checkpoint.Weights, $"members.{i}."), settings, member, sizes)),
        ]);
        members = read;
        // Running means and variances are not parameters.
        ParameterCount = checkpoint.Weights
            .Where(weight => !weight.Key.Contains(".running", StringComparison.Ordinal))
            .Sum(weight => weight.Value.Count);
    }

    /// <inheritdoc/>
    public long ParameterCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkOutput> Run(IReadOnlyList<NormalisedClip> clips, CancellationToken cancellation = default)
    {
        var outputs = new NetworkOutput[clips.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            outputs[i] = Run(clips[i]);
        }
        return outputs;
    }

    /// <summary>Nothing to free.</summary>
    public void Dispose()
    {
    }

    private NetworkOutput Run(NormalisedClip clip)
    {
        Dictionary<InputView, Frames> views = members.Select(member => member.View).Distinct()
            .ToDictionary(view => view, view => ManagedMember.ApplyView(view, clip.Frames));
        float[][] embeddings = [.. members.Select(member => member.Embed(views[member.View], clip.Statistics))];
        return new NetworkOutput(
            [.. members.SelectMany((member, i) => member.Classify(embeddings[i]))],
            [.. embeddings.SelectMany(embedding => embedding)]);
    }
}
