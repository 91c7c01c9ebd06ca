using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] turns] ? CorpusScaling.Run(turns)
    : args is ["training", .. string[] config] ? TrainingSpeed.Run(config)
    : args is ["noise", string noisy, .. string[] heard] ? NoiseFigures.Run(noisy, heard)
    : args is ["adapting", string voices, .. string[] tested] ? AdaptingFigures.Run(voices, tested)
    : args is ["live", .. string[] model] ? LiveFigures.Run(model)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
