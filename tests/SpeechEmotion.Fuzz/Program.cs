using SharpFuzz;
using SpeechEmotion.Fuzz.Targets;

// audio|stored: under afl-fuzz as a fork server. With FILE…: on these alone. With --seeds DIR: writes the inputs to set out from.
(Action<byte[]> target, Func<IEnumerable<byte[]>> seeds) = args.FirstOrDefault() switch
{
    "audio" => ((Action<byte[]>)AudioTarget.Run, (Func<IEnumerable<byte[]>>)SeedFiles.Audio),
    "stored" => (StoredTarget.Run, SeedFiles.Stored),
    _ => throw new ArgumentException("name a target: audio or stored"),
};

if (args is [_, "--seeds", string folder])
{
    int number = 0;
    foreach (byte[] seed in seeds())
        File.WriteAllBytes(Path.Combine(folder, $"seed-{number++:00}"), seed);
    return;
}
if (args.Length > 1)
{
    foreach (string file in args[1..])
        target(File.ReadAllBytes(file));
    return;
}
Fuzzer.Run(stream =>
{
    using var bytes = new MemoryStream();
    stream.CopyTo(bytes);
    target(bytes.ToArray());
});
