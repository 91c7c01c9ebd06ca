using TorchSharp;

namespace SpeechEmotion.Tests.Support;

/// <summary>One thread of libtorch while it lives: for small networks, whose threads would only wait for each other.</summary>
internal sealed class OneTorchThread : IDisposable
{
    private readonly int before = torch.get_num_threads();

    public OneTorchThread() => torch.set_num_threads(1);

    public void Dispose() => torch.set_num_threads(before);
}
