using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Commands;

public class CorpusCommandTests
{
    private string folder = "";

    [OneTimeSetUp]
    public void MakeCorpus()
    {
        folder = TrainedRun.In("corpus");
        int seed = 0;
        foreach (string emotion in new[] { "anger", "neutral" })
        {
            string place = Directory.CreateDirectory(Path.Combine(folder, emotion)).FullName;
            for (int i = 0; i < 3; i++)
                Pcm16File.Write(Path.Combine(place, $"{i}.wav"), new Waveform(TestSignals.Syllables(++seed), 16000));
        }
        File.Copy(Path.Combine(folder, "anger", "0.wav"), Path.Combine(folder, "anger", "copy.wav"));
        File.WriteAllText(Path.Combine(folder, "neutral", "broken.wav"), "");
    }

    [Test]
    public void Corpus_SyntheticWritten_StandsThereAsWavFilesWithAList()
    {
        string place = TrainedRun.In("written");
        string output = CommandLine.Run("corpus", place, "--kind", "synthetic", "--write").Expect(0).Output;
        Assert.That(output, Does.Contain("written (manifest): 840 utterances, 12 speakers, 7 emotions").And.Contain("duplicates none"));
        Assert.That(Directory.EnumerateFiles(place, "*.wav", SearchOption.AllDirectories).Count(), Is.EqualTo(840));
        Assert.That(CommandLine.Run("corpus", place, "--kind", "synthetic", "--write").OnlyError(2),
            Does.StartWith(place).And.Contain("not empty"));
        Assert.That(CommandLine.Run("corpus", folder, "--write").OnlyError(2), Does.Contain("--kind synthetic"));
    }

    [Test]
    public void Corpus_Folders_AreCountedByEmotion()
    {
        string output = CommandLine.Run("corpus", folder).Expect(0).Output;
        Assert.That(output,
            Does.Contain("corpus (folders): 6 utterances").And.Contain("16,000 Hz × 6").And.Contain("unreadable: neutral/broken.wav"));
        Assert.That(output, Does.Contain("1 exact copies").And.Contain("anger/0.wav = anger/copy.wav"));
    }

    [Test]
    public void Corpus_Manifest_IsUnderstood()
    {
        string manifest = TrainedRun.In("manifest.csv");
        File.WriteAllLines(manifest, ["path,emotion,speaker", $"{Path.Combine("corpus", "anger", "1.wav")},angry,ann",
            $"{Path.Combine("corpus", "neutral", "1.wav")},neutral,bob"]);
        string output = CommandLine.Run("corpus", manifest).Expect(0).Output;
        Assert.That(output, Does.Contain("(manifest): 2 utterances, 2 speakers, 2 emotions").And.Contain("/ann").And.Contain("/bob"));
    }

    [Test]
    public void Corpus_ManifestWithAudioRoot_ReadsSegmentsFromThere()
    {
        string lists = Directory.CreateDirectory(TrainedRun.In("lists")).FullName;
        string manifest = Path.Combine(lists, "calls.csv");
        File.WriteAllLines(manifest, ["File,Label,Speaker_ID,Start,End,Note",
            "anger/1.wav,angry,ann,0.1,0.5,x", "anger/1.wav,angry,ann,0.5,0.9,x", "neutral/1.wav,neutral,bob,0,2,x"]);

        string output = CommandLine.Run("corpus", manifest, "--set", "Corpus.AudioRoot=../corpus").Expect(0).Output;

        Assert.That(output, Does.Contain("calls (manifest): 2 utterances, 1 speaker, 1 emotion"));
        Assert.That(output, Does.Contain(
            "unreadable: neutral/1.wav#0-2: the segment ends at 2 s, after the end of the recording at 1 s"));
        Assert.That(output, Does.Contain("note: calls.csv: columns that are not used: Note"));
        Assert.That(CommandLine.Run("corpus", manifest, "--set", "Corpus.AudioRoot=none").OnlyError(1),
            Does.Contain("Corpus.AudioRoot = 'none'"));
        Assert.That(CommandLine.Run("corpus", manifest, "--set", "Corpus.AudioRot=none").OnlyError(2), Does.Contain("AudioRoot"));
    }

    [Test]
    public void Corpus_FolderNotThere_IsNamed()
    {
        Assert.That(CommandLine.Run("corpus", TrainedRun.In("nowhere")).OnlyError(1),
            Does.StartWith(TrainedRun.In("nowhere")).And.Contain("no such folder"));
    }

    [Test]
    public void Corpus_EmptyFolder_IsNamed()
    {
        string empty = Directory.CreateDirectory(TrainedRun.In("empty")).FullName;
        Assert.That(CommandLine.Run("corpus", empty).OnlyError(1), Does.StartWith(empty).And.Contain("no sound file"));
    }

    [Test]
    public void Corpus_OfAnotherKind_StatesWhatItLooksLike()
    {
        string place = Directory.CreateDirectory(TrainedRun.In("looks-like-tess")).FullName;
        Pcm16File.Write(Path.Combine(place, "OAF_back_angry.wav"), new Waveform(TestSignals.Syllables(9), 16000));
        Assert.That(CommandLine.Run("corpus", place, "--kind", "ravdess").OnlyError(1), Does.Contain("look like kind tess"));
    }

    [Test]
    public void Train_OnFolders_TrainsOnOnesOwnCorpus()
    {
        CommandLine.Run("train", TrainedRun.ConfigPath, "--data", folder, "--out", TrainedRun.In("own"),
            "--set", "Corpus.Kind=folders", "--set", "Split.By=random", "--set", "Training.Epochs=1").Expect(0);
    }

    [Test]
    public void Train_SpeakersNotKnown_IsReported()
    {
        string error = CommandLine.Run("train", TrainedRun.ConfigPath, "--data", folder, "--out", TrainedRun.In("own-by-speaker"), "--set",
            "Corpus.Kind=folders").OnlyError(1);
        Assert.That(error, Does.Contain("Split.By = speaker").And.Contain("does not say the speaker"));
    }
}
