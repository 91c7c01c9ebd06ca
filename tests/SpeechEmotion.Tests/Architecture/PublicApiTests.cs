using System.Reflection;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>
/// The public interface of each library is recorded in <c>PublicApi/</c>, so that it changes on purpose only. A run with
/// <c>SPEECHEMOTION_UPDATE=1</c> records it anew.
/// </summary>
public class PublicApiTests
{
    [TestCase("SpeechEmotion")]
    [TestCase("SpeechEmotion.Training")]
    public void Library_PublicInterface_IsAsRecorded(string project)
    {
        string recorded = SourceTree.Require($"tests/SpeechEmotion.Tests/Architecture/PublicApi/{project}.txt");
        string[] actual = [.. PublicApi.Describe(Assembly.Load(project))];
        if (Environment.GetEnvironmentVariable("SPEECHEMOTION_UPDATE") == "1")
            File.WriteAllText(recorded, string.Join('\n', actual) + "\n");
        Assert.That(actual, Is.EqualTo(File.ReadAllLines(recorded)),
            "the public interface changed; if that is intended, run the tests once with SPEECHEMOTION_UPDATE=1");
    }

    [Test]
    public void Describe_TypeWithMembers_NamesEachWithItsTypes()
    {
        Assert.That(PublicApi.Describe(typeof(Sample)), Is.EqualTo(new[]
        {
            "class SpeechEmotion.Tests.Architecture.PublicApiTests.Sample : IDisposable",
            "  Sample(int count = 3)",
            "  const string Text",
            "  static List<float[]> Read<T>(T from, ref int position)",
            "  double? Value { get; init; }",
            "  void Dispose()",
        }));
    }

    /// <summary>Has a member of each kind that is recorded, and some that are not.</summary>
    public sealed class Sample : IDisposable
    {
        public const string Text = "";

        private readonly int count;

        public Sample(int count = 3) => this.count = count;

        public double? Value { get; init; }

        internal int Count => count;

        public static List<float[]> Read<T>(T from, ref int position)
        {
            position++;
            return from is null ? [] : [[position]];
        }

        public void Dispose()
        {
        }
    }
}
