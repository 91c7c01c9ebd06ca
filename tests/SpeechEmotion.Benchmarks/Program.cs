using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] turns] ? CorpusScaling.Run(turns)
    : args is ["training", .. string[] config] ? TrainingSpeed.Run(config)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
