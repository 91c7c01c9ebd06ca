using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Evaluation;

/// <summary>A corpus as it was read. Two reports with the same hash are of the same files with the same labels and speakers.</summary>
/// <param name="Name">The name, or those of joined corpora: <c>tess + ravdess</c>.</param>
/// <param name="Utterances">Number of usable utterances.</param>
/// <param name="Sha256">
/// SHA-256 over one line per utterance, in ordinal order: SHA-256 of the file, label and speaker, separated by spaces. Neither the place of
/// the corpus nor the names of its files are in it.
/// </param>
public sealed record CorpusDigest(string Name, int Utterances, string Sha256)
{
    /// <summary>The digest of a corpus.</summary>
    internal static CorpusDigest Create(Corpus corpus)
    {
        IEnumerable<string> lines = corpus.Items
            .Select(item => $"{item.Sha256} {item.Utterance.Emotion} {SpeakerNames.WithoutCorpus(item.Utterance.Speaker)}\n")
            .Order(StringComparer.Ordinal);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)));
        return new CorpusDigest(corpus.DisplayName, corpus.Items.Count, Convert.ToHexStringLower(hash));
    }
}
