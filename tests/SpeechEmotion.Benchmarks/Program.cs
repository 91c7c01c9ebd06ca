using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] turns] ? CorpusScaling.Run(turns)
    : args is ["training", .. string[] config] ? TrainingSpeed.Run(config)
    : args is ["noise", string noisy, .. string[] heard] ? NoiseBenchmark.Run(noisy, heard)
    : args is ["adapting", string speakers, .. string[] tested] ? AdaptationBenchmark.Run(speakers, tested)
    : args is ["live", .. string[] model] ? LiveBenchmark.Run(model)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
