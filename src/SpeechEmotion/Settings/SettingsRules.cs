using System.Numerics;

namespace SpeechEmotion.Settings;

/// <summary>Rules for the ranges of all settings. They are checked once, at load, and all faults are reported.</summary>
internal sealed class SettingsRules
{
    private readonly List<string> _faults;

    private SettingsRules(List<string> faults) => _faults = faults;

    public static void Check(RunSettings settings, List<string> faults)
    {
        var rules = new SettingsRules(faults);
        rules.Check(settings);
    }

    /// <summary>Checks the features alone.</summary>
    public static IReadOnlyList<string> FaultsOf(FeatureSettings settings)
    {
        List<string> faults = [];
        new SettingsRules(faults).Check(settings);
        return faults;
    }

    private void Check(RunSettings s)
    {
        Require(IsFileName(s.Name), "Name", s.Name, "must be usable as a folder's name");
        Check(s.Corpus, "Corpus");
        Check(s.Split);
        Check(s.Features);
        Check(s.Augmentation);
        Check(s.Model);
        Check(s.Training);
        Check(s.Live);
        bool canCentre = s.Features.Normalisation == Normalisation.Speaker && s.Training.UtterancesPerSpeaker > 1;
        Require(s.Model.LogitCentring <= 0 || canCentre, "Model.LogitCentring", s.Model.LogitCentring,
            "needs Features.Normalisation = speaker and Training.UtterancesPerSpeaker above 1");
    }

    private void Check(CorpusSettings s, string path)
    {
        Require(s.Name.Trim() == s.Name && !s.Name.Any(c => c is '/' or '\\' || char.IsControl(c)), $"{path}.Name",
            s.Name, "must be without slashes, control characters and spaces at its ends");
        Between(s.Synthetic.Speakers, 2, 1000, $"{path}.Synthetic.Speakers");
        Between(s.Synthetic.UtterancesPerEmotion, 1, 10000, $"{path}.Synthetic.UtterancesPerEmotion");
        for (int i = 0; i < s.Sources.Count; i++)
        {
            Require(s.Sources[i].Sources.Count == 0, $"{path}.Sources[{i}].Sources", "[…]", "a joined corpus cannot join others itself");
            Check(s.Sources[i], $"{path}.Sources[{i}]");
            Require(s.Sources[i].Name.Length == 0 || s.Sources.Take(i).All(earlier => earlier.Name != s.Sources[i].Name),
                $"{path}.Sources[{i}].Name", s.Sources[i].Name, "an earlier source has the same name");
        }
    }

    private void Check(SplitSettings s)
    {
        Require(s.Test is >= 0 and < 1, "Split.Test", s.Test, "must be at least 0 and below 1");
        Require(s.Test > 0 || s.By == SplitBy.Random, "Split.Test", s.Test, "0 trains on everything, which needs Split.By = random");
        Require(s.Validation is >= 0 and < 1, "Split.Validation", s.Validation, "must be at least 0 and below 1");
        Require(s.By == SplitBy.Speaker || s.TestSpeakers.Count == 0, "Split.TestSpeakers", string.Join(",", s.TestSpeakers),
            "needs Split.By = speaker");
        string corpora = string.Join(",", s.TestCorpora);
        Require(s.By == SplitBy.Corpus || s.TestCorpora.Count == 0, "Split.TestCorpora", corpora, "needs Split.By = corpus");
        Require(s.Fold == 0 || s.TestCorpora.Count == 0, "Split.TestCorpora", corpora,
            "every corpus tests in some fold; leave it empty ([])");
        foreach (string both in s.TestSpeakers.Intersect(s.ValidationSpeakers))
            _faults.Add($"Split.ValidationSpeakers = {both}: is a test speaker too");
        CheckFolds(s);
    }

    private void CheckFolds(SplitSettings s)
    {
        string speakers = string.Join(",", s.FoldSpeakers);
        Require(s.Folds is 0 or >= 2 and <= 10000, "Split.Folds", s.Folds, "must be from 2 to 10000, or 0 for one fold a speaker");
        Require(s.Folds != 0 || s.By == SplitBy.Speaker, "Split.Folds", 0, "one fold a speaker needs Split.By = speaker");
        Require(s.FoldSpeakers.Count == 0 || s.By == SplitBy.Speaker, "Split.FoldSpeakers", speakers, "needs Split.By = speaker");
        Require(s.FoldSpeakers.Count != 1, "Split.FoldSpeakers", speakers,
            "must name the speakers of at least two folds, those of one joined by +: [\"01+02\",\"03+04\"]");
        foreach ((string speaker, int count) in s.FoldSpeakers.SelectMany(SplitSettings.ParseSpeakers).CountBy(name => name))
            if (count > 1)
                _faults.Add($"Split.FoldSpeakers = {speaker}: is named twice");
        int last = s.FoldSpeakers.Count > 0 ? s.FoldSpeakers.Count
            : s.Folds > 0 && s.By != SplitBy.Corpus ? s.Folds
            : int.MaxValue; // one fold a speaker or a corpus: the corpus tells how many
        Require(s.Fold >= 0 && s.Fold <= last, "Split.Fold", s.Fold,
            $"must be from 0 to the number of folds{(last < int.MaxValue ? $", {last}" : "")}");
        if (s.Fold == 0)
            return;
        Require(s.By != SplitBy.Predefined, "Split.By", "predefined",
            "the corpus names one test part; folds need random, speaker, text or corpus");
        Require(s.TestSpeakers.Count == 0, "Split.TestSpeakers", string.Join(",", s.TestSpeakers),
            "every speaker tests in some fold; leave it empty ([]), or name the folds in Split.FoldSpeakers");
        Require(s.ValidationSpeakers.Count == 0, "Split.ValidationSpeakers", string.Join(",", s.ValidationSpeakers),
            "every speaker tests in some fold; leave it empty ([])");
    }

    private void Check(FeatureSettings s)
    {
        Between(s.SampleRate, 1000, 192000, "Features.SampleRate", "Hz");
        AtLeast(s.FrameLength, 2, "Features.FrameLength", "samples");
        AtLeast(s.HopLength, 1, "Features.HopLength", "sample");
        Require(s.HopLength <= FeatureSettings.MaxHopLength, "Features.HopLength", s.HopLength,
            $"must be at most {FeatureSettings.MaxHopLength} samples");
        PowerOfTwo(s.FftLength, "Features.FftLength");
        Require(s.FftLength >= s.FrameLength, "Features.FftLength", s.FftLength,
            $"must not be shorter than Features.FrameLength = {s.FrameLength}");
        Between(s.MelBands, 1, 512, "Features.MelBands");
        Require(s.Mfcc >= 0 && s.Mfcc <= s.MelBands, "Features.Mfcc", s.Mfcc,
            $"must be from 0 to Features.MelBands = {s.MelBands}");
        Between(s.Deltas, 0, 2, "Features.Deltas");
        Require(s.Deltas == 0 || s.Mfcc > 0, "Features.Deltas", s.Deltas, "needs Features.Mfcc above 0");
        Between(s.Chroma, 0, 128, "Features.Chroma");
        PowerOfTwo(s.ChromaFftLength, "Features.ChromaFftLength");
        double nyquist = s.SampleRate / 2.0;
        Require(s.MelLow >= 0 && s.MelLow < nyquist, "Features.MelLow", s.MelLow,
            $"must be at least 0 and below {nyquist} Hz, half the sample rate");
        Require(s.MelHigh == 0 || (s.MelHigh > s.MelLow && s.MelHigh <= nyquist), "Features.MelHigh", s.MelHigh,
            $"must be 0 or above MelLow and at most {nyquist} Hz, half the sample rate");
        AtLeast(s.TopDb, 0, "Features.TopDb", "dB");
        Require(s.HighPassHz >= 0 && s.HighPassHz < nyquist, "Features.HighPassHz", s.HighPassHz,
            $"must be at least 0 and below {nyquist} Hz, half the sample rate");
        Require(s.FloorDb is >= -120 and <= 0, "Features.FloorDb", s.FloorDb, "must be from -120 dB to below 0, or 0 for no floor");
        Require(s.LevelDb is >= -60 and <= 0, "Features.LevelDb", s.LevelDb, "must be from -60 dB to below 0, or 0 for the level as it is");
        AtLeast(s.TrimDb, 0, "Features.TrimDb", "dB");
        AtLeast(s.TrimMargin, 0, "Features.TrimMargin", "s");
        Require(s.Mel || s.Mfcc > 0 || s.Chroma > 0 || s.Rms || s.Zcr || s.Centroid || s.Pitch, "Features.Mel", s.Mel,
            "at least one of Mel, Mfcc, Chroma, Rms, Zcr, Centroid and Pitch must be on");
    }

    private void Check(AugmentationSettings s)
    {
        Between(s.Tempo, 0, 1, "Augmentation.Tempo");
        Between(s.Vtlp, 0, 0.5, "Augmentation.Vtlp");
        Between(s.Speed, 0, 1, "Augmentation.Speed");
        Between(s.Reverberation, 0, 1, "Augmentation.Reverberation");
        Between(s.Line, 0, 1, "Augmentation.Line");
        Between(s.Babble, 0, 1, "Augmentation.Babble");
        Between(s.Noise, 0, 1, "Augmentation.Noise");
        Between(s.SnrLow, -20, 100, "Augmentation.SnrLow", "dB");
        Require(s.SnrHigh >= s.SnrLow && s.SnrHigh <= 100, "Augmentation.SnrHigh", s.SnrHigh,
            $"must be from Augmentation.SnrLow = {s.SnrLow} to 100 dB");
        Between(s.GainDb, 0, 60, "Augmentation.GainDb", "dB");
        Between(s.EqualiserDb, 0, 60, "Augmentation.EqualiserDb", "dB");
        AtLeast(s.CropSeconds, 0, "Augmentation.CropSeconds", "s");
        Between(s.TimeMasks, 0, 1000, "Augmentation.TimeMasks");
        AtLeast(s.TimeMaskFrames, 1, "Augmentation.TimeMaskFrames", "frame");
        Between(s.MelMasks, 0, 1000, "Augmentation.MelMasks");
        AtLeast(s.MelMaskBands, 1, "Augmentation.MelMaskBands", "band");
        Between(s.FeatureGroupDropout, 0, 1, "Augmentation.FeatureGroupDropout");
        Between(s.StatisticsPerturbation, 0, 2, "Augmentation.StatisticsPerturbation");
        Between(s.Mixup, 0, 10, "Augmentation.Mixup");
    }

    private void Check(ModelSettings s)
    {
        bool hasStages = s.AllMembers.Any(member => member.Kind is ModelKind.Conv or ModelKind.ConvLstm);
        Require(!hasStages || s.Channels.Count > 0, "Model.Channels", "[]",
            $"Model.Kind = {KebabCase.From(s.Kind)} needs at least one stage");
        Require(s.Channels.Count <= 8, "Model.Channels", $"{s.Channels.Count} stages", "8 at most: each halves the frame rate");
        for (int i = 0; i < s.Channels.Count; i++)
            Between(s.Channels[i], 1, 4096, $"Model.Channels[{i}]");
        Between(s.Kernel, 1, 101, "Model.Kernel");
        Require(s.Kernel % 2 == 1, "Model.Kernel", s.Kernel, "must be odd, so that a frame keeps its place");
        Between(s.Residuals, 0, 32, "Model.Residuals");
        Between(s.LstmUnits, 1, 4096, "Model.LstmUnits");
        Between(s.LstmLayers, 1, 16, "Model.LstmLayers");
        Require(s.Dropout is >= 0 and < 1, "Model.Dropout", s.Dropout, "must be at least 0 and below 1");
        Between(s.Statistics, 0, 4096, "Model.Statistics");
        Require(s.AllMembers.All(member => member.Kind != ModelKind.Statistics) || s.Statistics > 0, "Model.Statistics", s.Statistics,
            "Model.Kind = statistics needs at least 1 unit");
        Require(s.AllMembers.All(member => member.Kind != ModelKind.Statistics || member.Statistics), "Model.Members[].Statistics", "false",
            "a member of kind statistics is the branch");
        Require(s.StatisticsDropout is >= 0 and < 1, "Model.StatisticsDropout", s.StatisticsDropout,
            "must be at least 0 and below 1");
        AtLeast(s.LogitCentring, 0, "Model.LogitCentring", "utterances");
        Require(s.Members.Count <= 64, "Model.Members", $"{s.Members.Count} members", "64 at most");
        Require(ModelExtent.Weights(s) <= ModelExtent.MaxWeights, "Model", $"{ModelExtent.Weights(s):0.0e+0} weights",
            $"{ModelExtent.MaxWeights:N0} at most: make Channels, Kernel, Residuals, LstmUnits, LstmLayers or Members smaller");
    }

    private void Check(TrainingSettings s)
    {
        Between(s.Epochs, 1, 100000, "Training.Epochs");
        AtLeast(s.MaxSteps, 0, "Training.MaxSteps", "steps");
        Between(s.BatchSize, 2, 65536, "Training.BatchSize");
        Require(s.LearningRate > 0 && double.IsFinite(s.LearningRate), "Training.LearningRate", s.LearningRate,
            "must be above 0");
        Require(s.WarmUp is >= 0 and < 1, "Training.WarmUp", s.WarmUp, "must be at least 0 and below 1");
        AtLeast(s.WeightDecay, 0, "Training.WeightDecay");
        Require(s.Beta1 is >= 0 and < 1, "Training.Beta1", s.Beta1, "must be at least 0 and below 1");
        Require(s.Beta2 is >= 0 and < 1, "Training.Beta2", s.Beta2, "must be at least 0 and below 1");
        Require(s.LabelSmoothing is >= 0 and < 1, "Training.LabelSmoothing", s.LabelSmoothing,
            "must be at least 0 and below 1");
        AtLeast(s.Contrastive, 0, "Training.Contrastive");
        AtLeast(s.GradientClip, 0, "Training.GradientClip");
        Require(s.Averaging is >= 0 and < 1, "Training.Averaging", s.Averaging, "must be at least 0 and below 1");
        AtLeast(s.MaxUtterancesPerSpeaker, 0, "Training.MaxUtterancesPerSpeaker", "utterances");
        Require(s.MaxUtterancesPerSpeaker == 0 || s.Balance != ClassBalance.Balanced,
            "Training.MaxUtterancesPerSpeaker", s.MaxUtterancesPerSpeaker,
            "cannot be joined with Training.Balance = balanced; weighted can");
        Between(s.EnrolmentProbability, 0, 1, "Training.EnrolmentProbability");
        Require(s.UtterancesPerSpeaker == 1 || (s.UtterancesPerSpeaker > 1 && s.UtterancesPerSpeaker <= s.BatchSize / 2),
            "Training.UtterancesPerSpeaker", s.UtterancesPerSpeaker,
            $"must be from 1 to {Math.Max(1, s.BatchSize / 2)}, half of Training.BatchSize");
        Require(s.Temperature is 0 or >= 0.1 and <= 10, "Training.Temperature", s.Temperature,
            "must be from 0.1 to 10, or 0 to fit it on the validation part");
        AtLeast(s.Patience, 0, "Training.Patience", "epochs");
        Between(s.TorchThreads, 1, 1024, "Training.TorchThreads");
    }

    private void Check(LiveSettings s)
    {
        Require(s.UtteranceSeconds is > 0 and <= 3600, "Live.UtteranceSeconds", s.UtteranceSeconds,
            "must be above 0 and at most 3600 s");
        Between(s.MaxUtteranceSeconds, 1, 3600, "Live.MaxUtteranceSeconds", "s");
        Require(s.WindowSeconds is > 0 and <= 3600, "Live.WindowSeconds", s.WindowSeconds, "must be above 0 and at most 3600 s");
        Require(s.HopSeconds is > 0 and <= 3600, "Live.HopSeconds", s.HopSeconds, "must be above 0 and at most 3600 s");
        Between(s.VadFrameSeconds, 0.005, 0.25, "Live.VadFrameSeconds", "s");
        Between(s.StartProbability, 0, 1, "Live.StartProbability");
        Require(s.StopProbability >= 0 && s.StopProbability <= s.StartProbability, "Live.StopProbability", s.StopProbability,
            $"must be from 0 to Live.StartProbability = {s.StartProbability}");
        Between(s.FloorDb, -120, 0, "Live.FloorDb", "dB");
        Between(s.FloorSeconds, 0.25, 60, "Live.FloorSeconds", "s");
        Between(s.SteadyDb, 0, 20, "Live.SteadyDb", "dB");
        Between(s.MinSpeechSeconds, 0, 5, "Live.MinSpeechSeconds", "s");
        Between(s.HangoverSeconds, 0, 10, "Live.HangoverSeconds", "s");
        Between(s.PreRollSeconds, 0, 10, "Live.PreRollSeconds", "s");
        Between(s.AdaptationSeconds, 0, 86400, "Live.AdaptationSeconds", "s");
        Between(s.UncertainBelow, 0, 1, "Live.UncertainBelow");
        Between(s.StallSeconds, 0.1, 3600, "Live.StallSeconds", "s");
        Between(s.BufferSeconds, 0.1, 3600, "Live.BufferSeconds", "s");
    }

    private void Between<T>(T value, T low, T high, string path, string unit = "")
        where T : INumber<T> =>
        Require(value >= low && value <= high, path, value, $"must be from {low} to {high}{Space(unit)}");

    private void AtLeast<T>(T value, T low, string path, string unit = "")
        where T : INumber<T> => Require(value >= low, path, value, $"must be at least {low}{Space(unit)}");

    private void PowerOfTwo(int value, string path) =>
        Require(value is >= 32 and <= 65536 && BitOperations.IsPow2(value), path, value, "must be a power of two from 32 to 65536 samples");

    private void Require(bool ok, string path, object value, string rule)
    {
        if (!ok)
            _faults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path} = {value}: {rule}"));
    }

    private static string Space(string unit) => unit.Length == 0 ? "" : " " + unit;

    private static bool IsFileName(string name) =>
        name.Length is > 0 and <= 200 && name.Trim() == name && name is not ("." or "..")
        && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0']) < 0;
}
