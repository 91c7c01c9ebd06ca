using SpeechEmotion.Models;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// Supervised contrastive loss (Khosla et al. 2020, their L_out): the cosine of each pair of utterances in a batch, over a temperature of 0.1,
/// as if to guess an utterance's partners among all others. Partners are utterances of the same emotion by other voices, so that what
/// tells of the emotion draws together and what tells of the voice does not; an utterance without a partner counts nothing.
/// </summary>
internal static class SupervisedContrastiveLoss
{
    private const double Temperature = 0.1;

    private const double MinSquare = 1e-12;

    /// <summary>What an utterance's likeness to itself is lowered by: it is no candidate.</summary>
    private const float SelfPenalty = -1e9f;

    /// <summary>Mean over utterances and members; 0 where no utterance has a partner.</summary>
    /// <param name="embedded">Each member's vector of each utterance: [batch, width].</param>
    /// <param name="labels">Emotions: [batch].</param>
    /// <param name="speakers">Speakers: [batch].</param>
    /// <param name="device">Where the vectors are.</param>
    public static Tensor Compute(IReadOnlyList<Tensor> embedded, int[] labels, string[] speakers, Device device)
    {
        using var scope = NewDisposeScope();
        long[] overWidth = [1];
        int count = labels.Length;
        Tensor partners = PaddedBatch.ToTensor(PositiveWeights(labels, speakers), [count, count], device);
        float[] never = new float[count * count];
        for (int i = 0; i < count; i++)
            never[(i * count) + i] = SelfPenalty;
        Tensor itself = PaddedBatch.ToTensor(never, [count, count], device);
        Tensor[] losses = [.. embedded.Select(vectors =>
        {
            Tensor unit = vectors.mul(vectors.Squared().sum(overWidth, keepdim: true).ClampMin(MinSquare).rsqrt());
            Tensor likeness = unit.matmul(unit.t()).Over(Temperature).Plus(itself);      // [batch, batch]
            return likeness.log_softmax(1).mul(partners).sum().neg();
        })];
        return stack(losses).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Weight of each candidate for each utterance: together 1 / batch over its partners, else 0.</summary>
    private static float[] PositiveWeights(int[] labels, string[] speakers)
    {
        int count = labels.Length;
        float[] weights = new float[count * count];
        for (int i = 0; i < count; i++)
        {
            int[] partners = [.. Enumerable.Range(0, count).Where(j => labels[j] == labels[i] && speakers[j] != speakers[i])];
            foreach (int j in partners)
                weights[(i * count) + j] = 1f / (partners.Length * count);
        }
        return weights;
    }
}
