using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora.Naming;

/// <summary>Small trees with the layouts of public corpora whose labels are in folders or tables.</summary>
internal sealed class PublishedTreeTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Scan_Esd_ReadsPartsSpeakersAndTranscripts()
    {
        folder.Touch("0001/Angry/train/0001_000351.wav", "0001/Neutral/evaluation/0001_000002.wav", "0011/Happy/test/0011_000701.wav",
            "0012/Sad/0012_001051.wav", "0012/Surprise/0012_001402.wav");
        folder.Write("0001/0001.txt", [.. Encoding.Unicode.Preamble,
            .. Encoding.Unicode.GetBytes("0001_000001\t打远一看\t中立\r\n0001_000351\t打远一看，\t生气\r\n")]);
        Text("0011/0011.txt", "0011_000001\tThe nine the eggs, I keep.\tNeutral\n0011_000701\tthe nine the eggs I keep\tHappy\n");
        folder.Write("0012/0012.txt", [0xE9, 0xE9, 0x0A]);

        CorpusListing listing = Scan(CorpusKind.Esd);

        Assert.That(listing.Utterances, Is.EqualTo(new[]
        {
            new Utterance("0001/Angry/train/0001_000351.wav", "anger", "esd/0001", "打远一看", Part.Train) { Corpus = "esd" },
            new Utterance("0001/Neutral/evaluation/0001_000002.wav", "neutral", "esd/0001", "zh002", Part.Validation) { Corpus = "esd" },
            new Utterance("0011/Happy/test/0011_000701.wav", "happiness", "esd/0011", "The nine the eggs, I keep.", Part.Test)
                { Corpus = "esd" },
            new Utterance("0012/Sad/0012_001051.wav", "sadness", "esd/0012", "The nine the eggs, I keep.") { Corpus = "esd" },
            new Utterance("0012/Surprise/0012_001402.wav", "surprise", "esd/0012", "en002") { Corpus = "esd" },
        }));
        Assert.That(listing.Problems.Single().ToString(), Does.StartWith("0012/0012.txt: a transcript that is not used: line 1: the byte"));
    }

    [Test]
    public void Scan_Iemocap_ReadsTheRatersLabelsAndTheSpeakerOfTheTurn()
    {
        string wav = "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_", scripted = "Session5/sentences/wav/Ses05M_script01_1b/";
        folder.Touch($"{wav}F000.wav", $"{wav}M001.wav", $"{wav}F002.wav", $"{wav}M003.wav", $"{wav}F004.wav",
            $"{scripted}Ses05M_script01_1b_M009.wav", "Session1/dialog/wav/Ses01F_impro01.wav",
            "Session1/dialog/avi/DivX/Ses01F_impro01.avi", "Session1/sentences/wav/noise.wav");
        Text("Session1/dialog/EmoEvaluation/Ses01F_impro01.txt",
            "% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5, 2.5, 2.5]\n"
            + "C-E2:\tNeutral;\t()\n[10.0 - 11.3]\tSes01F_impro01_M001\texc\t[2.5, 2.5, 2.5]\n"
            + "[12.0 - 13.3]\tSes01F_impro01_F002\txxx\t[2.5, 2.5, 2.5]\n[14.0 - 15.3]\tSes01F_impro01_M003\toth\t[2.5, 2.5, 2.5]\n"
            + "[16.0 - 17.3]\tSes01F_impro01_F005\tang\t[2.5, 2.5, 2.5]\n");
        Text("Session1/dialog/EmoEvaluation/Categorical/e2.txt", "[6.2901 - 8.2357]\tSes01F_impro01_F000\tsad\t\n");
        Text("Session5/dialog/EmoEvaluation/Ses05M_script01_1b.txt", "[1.0 - 2.0]\tSes05M_script01_1b_M009\tfru\t[2.5, 2.5, 2.5]\r\n");

        CorpusListing listing = Scan(CorpusKind.Iemocap);

        Assert.That(listing.Utterances, Is.EqualTo(new[]
        {
            new Utterance($"{wav}F000.wav", "neutral", "iemocap/Ses01F", "impro01") { Corpus = "iemocap" },
            new Utterance($"{wav}M001.wav", "excitement", "iemocap/Ses01M", "impro01") { Corpus = "iemocap" },
            new Utterance($"{scripted}Ses05M_script01_1b_M009.wav", "frustration", "iemocap/Ses05M", "script01_1") { Corpus = "iemocap" },
        }));
        Assert.That(listing.Problems.Select(problem => problem.ToString()), Is.EquivalentTo(new[]
        {
            "Ses01F_impro01_F005: labelled, but there is no file of it",
            "Session1/dialog/avi/DivX/Ses01F_impro01.avi and 1 more: a whole dialogue; its utterances are in sentences/wav",
            $"{wav}F002.wav: the raters did not agree on a label (xxx)",
            $"{wav}M003.wav: labelled 'other' (oth)",
            $"{wav}F004.wav: no line in dialog/EmoEvaluation labels it",
            "Session1/sentences/wav/noise.wav: not named by session, scene and turn, such as Ses01F_impro01_M003",
        }));
    }

    [Test]
    public void Scan_Meld_ReadsTheTableOfEachPart()
    {
        folder.Touch("train/train_splits/dia0_utt0.mp4", "train/train_splits/dia0_utt1.mp4", "dev/dev_splits_complete/dia0_utt0.mp4",
            "test/output_repeated_splits_test/dia0_utt0.mp4", "test/output_repeated_splits_test/final_videos_testdia0_utt0.mp4",
            "test/output_repeated_splits_test/._dia0_utt0.mp4", "elsewhere/dia0_utt0.mp4");
        const string header = "Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode,StartTime,EndTime\n";
        Text("train/train_sent_emo.csv", header
            + "1,\"also I was, the point person\",Chandler,neutral,neutral,0,0,8,21,\"00:16:16,059\",\"00:16:21,731\"\n");
        Text("dev_sent_emo.csv", header + "1,\"Oh my God!\",Phoebe,joy,positive,0,0,4,7,\"00:20:57,256\",\"00:21:00,049\"\n"
            + "2,No,Ross,anger,negative,9,7,4,7,\"00:20:57,256\",\"00:21:00,049\"\n");
        Text("test_sent_emo.csv", header + "1,Why?,Mark,surprise,positive,0,0,4,7,\"00:20:57,256\",\"00:21:00,049\"\n");

        CorpusListing listing = Scan(CorpusKind.Meld);

        Assert.That(listing.Utterances, Is.EqualTo(new[]
        {
            new Utterance("dev/dev_splits_complete/dia0_utt0.mp4", "happiness", "meld/Phoebe", "Oh my God!", Part.Validation)
                { Corpus = "meld" },
            new Utterance("test/output_repeated_splits_test/dia0_utt0.mp4", "surprise", "meld/Mark", "Why?", Part.Test) { Corpus = "meld" },
            new Utterance(
                "train/train_splits/dia0_utt0.mp4", "neutral", "meld/Chandler", "also I was, the point person", Part.Train)
                { Corpus = "meld" },
        }));
        Assert.That(listing.Problems.Select(problem => problem.ToString()), Is.EquivalentTo(new[]
        {
            "dia9_utt7 of Validation: labelled, but there is no file of it",
            "elsewhere/dia0_utt0.mp4: no folder above it names its part: train_splits, dev_splits_complete or output_repeated_splits_test",
            "test/output_repeated_splits_test/final_videos_testdia0_utt0.mp4: a second version of a test clip",
            "train/train_splits/dia0_utt1.mp4: no row in train_sent_emo.csv labels it",
        }));
    }

    [TestCase("Audios", "labels_consensus.csv")]
    [TestCase("Audio", "labels_concensus.csv")]
    public void Scan_MspPodcast_ReadsTheConsensus(string audio, string table)
    {
        folder.Touch([.. Enumerable.Range(1, 7).Select(i => $"{audio}/MSP-PODCAST_0001_000{i}.wav")]);
        Text($"Labels/{table}", "FileName,EmoClass,EmoAct,EmoVal,EmoDom,SpkrID,Gender,Split_Set\n"
            + "MSP-PODCAST_0001_0001.wav,A,5.0,3.0,4.0,12,Male,Train\nMSP-PODCAST_0001_0002.wav,U,5.0,3.0,4.0,Unknown,Unknown,Development\n"
            + "MSP-PODCAST_0001_0003.wav,C,5.0,3.0,4.0,13,Female,Test1\nMSP-PODCAST_0001_0004.wav,H,5.0,3.0,4.0,14,Female,Test2\n"
            + "MSP-PODCAST_0001_0005.wav,X,5.0,3.0,4.0,14,Female,Train\nMSP-PODCAST_0001_0006.wav,O,5.0,3.0,4.0,14,Female,Train\n"
            + "MSP-PODCAST_0001_0099.wav,N,5.0,3.0,4.0,14,Female,Train\n");

        CorpusListing listing = Scan(CorpusKind.MspPodcast);

        Assert.That(listing.Utterances.Select(each => (each.Path[^8..], each.Emotion, each.Speaker, each.Part)), Is.EqualTo(new[]
        {
            ("0001.wav", "anger", "msp-podcast/12", (Part?)Part.Train), ("0002.wav", "surprise", "", Part.Validation),
            ("0003.wav", "contempt", "msp-podcast/13", Part.Test), ("0004.wav", "happiness", "msp-podcast/14", Part.Test),
        }));
        Assert.That(listing.Problems.Select(problem => (problem.Path.Split('/')[^1], problem.Reason)), Is.EquivalentTo(new[]
        {
            ("MSP-PODCAST_0001_0005.wav", "the raters did not agree on a label (X)"),
            ("MSP-PODCAST_0001_0006.wav", "labelled 'other' (O)"),
            ("MSP-PODCAST_0001_0007.wav", $"no row in {table} labels it"),
            ("MSP-PODCAST_0001_0099", "labelled, but there is no file of it"),
        }));
    }

    [TestCase(CorpusKind.Iemocap, "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav", "EmoEvaluation")]
    [TestCase(CorpusKind.Meld, "train_splits/dia0_utt0.mp4", "train_sent_emo.csv")]
    [TestCase(CorpusKind.MspPodcast, "Audios/MSP-PODCAST_0001_0001.wav", "labels_consensus.csv")]
    public void Scan_LabelsMissing_StatesWhereTheyBelong(CorpusKind kind, string file, string where)
    {
        folder.Touch(file);

        Assert.That(() => CorpusListing.Scan(new CorpusSettings { Kind = kind }, folder.Path),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{folder.Path}: no label; ").And.Message.Contains(where));
    }

    [Test]
    public void Scan_CremaDInSeveralFormats_UsesEachUtteranceOnceAsWave()
    {
        folder.Touch("AudioMP3/1001_DFA_ANG_XX.mp3", "AudioMP3/1001_DFA_SAD_XX.mp3", "AudioWAV/1001_DFA_ANG_XX.wav",
            "VideoFlash/1001_DFA_ANG_XX.flv", "VideoFlash/1001_DFA_SAD_XX.flv", "VideoFlash/1002_DFA_SAD_XX.flv");

        CorpusListing listing = Scan(CorpusKind.CremaD);

        Assert.That(listing.Utterances.Select(each => each.Path), Is.EqualTo(new[]
        {
            "AudioMP3/1001_DFA_SAD_XX.mp3", "AudioWAV/1001_DFA_ANG_XX.wav", "VideoFlash/1002_DFA_SAD_XX.flv",
        }));
        Assert.That(listing.Problems.Select(problem => problem.ToString()), Is.EqualTo(new[]
        {
            "AudioMP3/1001_DFA_ANG_XX.mp3 and 1 more: another format of an utterance that is used as .wav",
            "VideoFlash/1001_DFA_SAD_XX.flv: another format of an utterance that is used as .mp3",
        }));
    }

    private CorpusListing Scan(CorpusKind kind)
    {
        Assert.That(CorpusListing.GuessKind(folder.Path), Is.EqualTo(kind));
        return CorpusListing.Scan(new CorpusSettings { Kind = kind }, folder.Path);
    }

    private void Text(string path, string content) => folder.Write(path, Encoding.UTF8.GetBytes(content));
}
