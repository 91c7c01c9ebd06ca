using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] rest] ? CorpusScaling.Run(rest)
    : args is ["live", .. string[] more] ? LiveFigures.Run(more)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
