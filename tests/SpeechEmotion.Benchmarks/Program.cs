using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] turns] ? CorpusScaling.Run(turns)
    : args is ["training", .. string[] config] ? TrainingSpeed.Run(config)
    : args is ["noise", string corpus, .. string[] runs] ? NoiseBenchmark.Run(corpus, runs)
    : args is ["robustness", .. [_, ..] reports] ? PooledRobustness.Run(reports)
    : args is ["adapting", string data, .. string[] tested] ? AdaptationBenchmark.Run(data, tested)
    : args is ["copies", string recordings, .. string[] clips] ? CopiesBenchmark.Run(recordings, clips)
    : args is ["live", .. string[] model] ? LiveBenchmark.Run(model)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
