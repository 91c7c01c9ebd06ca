using SpeechEmotion.Models;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// Supervised contrastive loss (Khosla et al. 2020, their L_out): the cross-entropy of finding an utterance's positives among all other
/// utterances of the batch, by cosine similarity over a temperature of 0.1. Positives are utterances of the same emotion by other
/// speakers, so that the embedding represents the emotion and not the speaker. An utterance without positives contributes 0.
/// </summary>
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
    public static Tensor Compute(IReadOnlyList<Tensor> embedded, int[] labels, string[] speakers, Device device)
    {
        using var scope = NewDisposeScope();
        long[] overWidth = [1];
        int count = labels.Length;
        Tensor positives = PaddedBatch.ToTensor(PositiveWeights(labels, speakers), [count, count], device);
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
    /// Weight of every other utterance for each utterance, [batch, batch]: 1 / batch shared equally by its positives, else 0.
    /// </summary>
    private static float[] PositiveWeights(int[] labels, string[] speakers)
    {
        int count = labels.Length;
        float[] weights = new float[count * count];
        for (int i = 0; i < count; i++)
        {
            int[] positives = [.. Enumerable.Range(0, count).Where(j => labels[j] == labels[i] && speakers[j] != speakers[i])];
            foreach (int j in positives)
                weights[(i * count) + j] = 1f / (positives.Length * count);
        }
        return weights;
    }
}
