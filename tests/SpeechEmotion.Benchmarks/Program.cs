using SpeechEmotion.Benchmarks;

return args is ["scaling", .. string[] rest] ? CorpusScaling.Run(rest)
    : BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(CorpusScaling).Assembly).Run(args).Any() ? 0 : 1;
