using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] turns] ? CorpusScaling.Run(turns)
    : args is ["training", .. string[] config] ? TrainingSpeed.Run(config)
    : args is ["live", .. string[] model] ? LiveFigures.Run(model)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
