using NUnit.Framework.Interfaces;
using TorchSharp;

namespace SpeechEmotion.Tests.Support;

/// <summary>One thread of libtorch during the tests of a class: for small networks, whose threads would only wait for each other.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OneTorchThreadAttribute : Attribute, ITestAction
{
    private int before;

    public ActionTargets Targets => ActionTargets.Suite;

    public void BeforeTest(ITest test)
    {
        before = torch.get_num_threads();
        torch.set_num_threads(1);
    }

    public void AfterTest(ITest test) => torch.set_num_threads(before);
}
