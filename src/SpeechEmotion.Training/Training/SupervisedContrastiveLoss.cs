using SpeechEmotion.Models;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// Supervised contrastive loss (Khosla et al. 2020, their L_out): the cross-entropy of finding an utterance's positives among all other
/// utterances of the batch, by cosine similarity over a temperature of 0.1. Positives are utterances of the same emotion by other
/// speakers, so that the embedding represents the emotion and not the speaker. An utterance without positives contributes 0.
/// </summary>
/// <remarks>
/// With mixup an utterance consists of two parts: λ of its own and 1 − λ of the next one, each with its emotion and speaker. As in mixup
/// of classification (Zhang et al. 2018) and of contrastive learning (Lee et al. 2021, i-Mix), the loss is linear in the parts: that of an
/// utterance is λ times the loss of its own part plus 1 − λ times that of the other. The positives of a part share it in proportion to
/// the size of their parts of the same emotion by another speaker.
/// </remarks>
internal static class SupervisedContrastiveLoss
{
    private const double Temperature = 0.1;

    private const double MinSquare = 1e-12;

    /// <summary>Added to the similarity of an utterance to itself, so that softmax excludes it.</summary>
    private const float SelfPenalty = -1e9f;

    /// <summary>The loss, averaged over utterances and members; 0 where no utterance has positives.</summary>
    /// <param name="embedded">The embeddings of each member: [batch, width].</param>
    /// <param name="labels">Index of the emotion of each utterance: [batch].</param>
    /// <param name="speakers">Name of the speaker of each utterance: [batch].</param>
    /// <param name="device">Device of the embeddings.</param>
    /// <param name="lambda">Share of each utterance's own part; the rest is of the next utterance. 1: no mixup.</param>
    public static Tensor Compute(IReadOnlyList<Tensor> embedded, int[] labels, string[] speakers, Device device, float lambda = 1)
    {
        using var scope = NewDisposeScope();
        long[] overWidth = [1];
        int count = labels.Length;
        Tensor positives = PaddedBatch.ToTensor(PositiveWeights(labels, speakers, lambda), [count, count], device);
        float[] penalties = new float[count * count];
        for (int i = 0; i < count; i++)
            penalties[(i * count) + i] = SelfPenalty;
        Tensor selfPenalty = PaddedBatch.ToTensor(penalties, [count, count], device);
        Tensor[] losses = [.. embedded.Select(vectors =>
        {
            Tensor unit = vectors.mul(vectors.Squared().sum(overWidth, keepdim: true).ClampMin(MinSquare).rsqrt());
            Tensor similarity = unit.matmul(unit.t()).Over(Temperature).Plus(selfPenalty);      // [batch, batch]
            return similarity.log_softmax(1).mul(positives).sum().neg();
        })];
        return stack(losses).mean().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Weight of every other utterance for each utterance, [batch, batch]: 1 / batch, divided among its parts and their positives.
    /// </summary>
    private static float[] PositiveWeights(int[] labels, string[] speakers, float lambda)
    {
        int count = labels.Length;
        float[] weights = new float[count * count];
        float[] agreement = new float[count];
        for (int i = 0; i < count; i++)
            foreach ((int part, float share) in Parts(i))
            {
                for (int j = 0; j < count; j++)
                    agreement[j] = j == i ? 0 : Parts(j).Where(other => IsPositive(part, other.Utterance)).Sum(other => other.Share);
                float total = agreement.Sum();
                for (int j = 0; j < count && total > 0; j++)
                    weights[(i * count) + j] += share * agreement[j] / (total * count);
            }
        return weights;

        (int Utterance, float Share)[] Parts(int i) => lambda == 1 ? [(i, 1)] : [(i, lambda), ((i + 1) % count, 1 - lambda)];

        bool IsPositive(int i, int j) => labels[j] == labels[i] && speakers[j] != speakers[i];
    }
}
