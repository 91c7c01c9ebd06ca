using System.Text;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using static SpeechEmotion.Tests.Audio.SoundBytes;

namespace SpeechEmotion.Fuzz.Targets;

/// <summary>Small valid inputs of every form, from which a fuzzer and the property tests set out.</summary>
internal static class SeedFiles
{
    private static readonly byte[] Silence = new byte[48];

    /// <summary>WAVE and AIFF files of every coding and container.</summary>
    public static IEnumerable<byte[]> Audio()
    {
        foreach ((int tag, int bits) in new[] { (1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64), (6, 8), (7, 8), (2, 4) })
            yield return Wav(tag, 2, 16000, bits, Silence);
        yield return Riff(Chunk("LIST", [1, 2, 3]), Chunk("fmt ", Extensible(3, 1, 48000, 32, 32)), Chunk("data", Silence),
            Chunk("LIST", [1]));
        yield return RiffAs("RIFX", Right, Chunk("fmt ", Format(1, 1, 16000, 16, big: true), big: true), Chunk("data", Silence, big: true));
        yield return RiffAs("RF64", 0xFFFFFFFF, Chunk("ds64", Join(U64(0), U64(48), U64(24), U32(0))),
            Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Silence, 0xFFFFFFFF));
        yield return Riff(Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Silence, 0));
        yield return Riff(Chunk("fmt ", Format(1, 1, 16000, 16)), Chunk("data", Silence, 0xFFFFFFFF));
        yield return Aiff(null, 1, 16, 2, 44100, Silence);
        foreach ((string compression, int bits) in new[] { ("NONE", 24), ("sowt", 16), ("raw ", 8), ("in32", 32), ("fl32", 32),
            ("fl64", 64), ("alaw", 16), ("ulaw", 16) })
            yield return Form("AIFC", Comm(1, 6, bits, 22050, compression), Ssnd(Silence, offset: 2));
        yield return Form("AIFF", Ssnd(Silence), Comm(1, 24, 16, 44100));
    }

    /// <summary>Files of this program, each behind the letter of its reader.</summary>
    public static IEnumerable<byte[]> Stored()
    {
        yield return [(byte)'C', .. SmallCheckpoint()];
        yield return Text('J',
            """{ "Name": "a", "Corpus": { "Labels": { "ps": "surprise" } },"""
            + """ "Model": { "Kind": "conv-lstm", "Channels": [8, 16] }, /* c */ }""");
        yield return Text('J', SettingsFile.ToJson(new RunSettings { Features = new FeatureSettings { MelBands = 8, Mfcc = 4 } }));
        yield return Text('M', "path,emotion,speaker,split,text\na/1.wav,anger,anna,train,\"a, \"\"b\"\"\"\nb\\2.wav,Happy,ben,test,\n");
        yield return Text('M', "\uFEFFPath;Emotion;Speaker\r\nx.wav;fear;é\r\n");
        yield return Text('P', "path,true,predicted,anger,fear,speaker\na.wav,anger,fear,0.25,0.75,anna\n");
        yield return Text('S', $"path,sha256,speaker,emotion,part\na.wav,{new string('a', 64)},anna,fear,train\n");
        yield return Text('R', """
            {"name":"a","accuracy":{"value":0.5,"ci95":[0.4,0.6]},"uar":{"value":0.5},"macroF1":{"value":0.5},
            "calibration":{"ece":0.1,"eceIfCalibrated":0.05,"eceDebiased":{"value":0.05},"brier":{"value":0.5},"temperature":1,"bins":[]},
            "protocol":{"split":"random","sentence":"s"},"utterances":{"counted":2,"leftOut":0,"leftOutByLabel":{}},
            "labels":["a","b"],"confusion":[[1,0],[0,1]],"perClass":{},"perSpeaker":{},
            "misclassifications":[],"parameters":3,"seconds":{"x":1},"seed":1}
            """);
    }

    private static byte[] SmallCheckpoint()
    {
        var settings = new RunSettings { Features = new FeatureSettings { Normalisation = Normalisation.None } };
        float[] statistics = [0.5f, 2];
        var checkpoint = new Checkpoint
        {
            Settings = settings,
            Labels = ["anger", "fear"],
            Normaliser = new FeatureNormaliser(settings.Features.Normalisation, statistics, statistics),
            Weights = new Dictionary<string, StoredTensor> { ["a.weight"] = new("F32", [2, 1], new byte[8]),
                ["b"] = new("F32", [], new byte[4]) },
        };
        using var stream = new MemoryStream();
        checkpoint.Write(stream);
        return stream.ToArray();
    }

    private static byte[] Text(char reader, string text) => [(byte)reader, .. Encoding.UTF8.GetBytes(text)];
}
