using System.Text.Json;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Live;

/// <summary>Every line that <c>live --json</c> prints is valid under live-events.schema.json.</summary>
public class LiveEventSchemaTests
{
    private static JsonElement Schema =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot()!, "src", "SpeechEmotion", "Live",
            "live-events.schema.json"))).RootElement;

    [Test]
    public async Task Line_EveryEventOfASession_FitsTheSchema()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(new() { StallSeconds = 0.1, BufferSeconds = 0.1 });
        var seen = new HashSet<string>();
        await foreach (StreamEvent found in Events(new LiveSession(classifier, new Troubled())))
        {
            JsonElement line = JsonDocument.Parse(StreamEventJson.Line(found)).RootElement;
            seen.Add(line.GetProperty("type").GetString()!);
            Assert.That(Faults(line, Schema, "event"), Is.Empty, line.ToString());
        }
        string[] all = [.. Schema.GetProperty("properties").GetProperty("type").GetProperty("enum").EnumerateArray()
            .Select(type => type.GetString()!)];
        Assert.That(seen, Is.EquivalentTo(all), "a session with every trouble has every event");
    }

    [TestCase("""{"type":"measurement","time":1,"more":2}""")]
    [TestCase("""{"type":"measure","time":1}""")]
    [TestCase("""{"type":"no-speech"}""")]
    [TestCase("""{"type":"no-speech","time":"1"}""")]
    public void Faults_OtherLines_AreFound(string line) =>
        Assert.That(Faults(JsonDocument.Parse(line).RootElement, Schema, "event"), Is.Not.Empty);

    private static async IAsyncEnumerable<StreamEvent> Events(LiveSession session)
    {
        await using IAsyncEnumerator<StreamEvent> events = session.ListenAsync().GetAsyncEnumerator();
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                    yield break;
            }
            catch (InvalidDataException)
            {
                yield break; // the source, after its summary
            }
            yield return events.Current;
        }
    }

    private static IEnumerable<string> Faults(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("type", out JsonElement type)
            && type.GetString() != value.ValueKind.ToString().ToLowerInvariant().Replace("true", "boolean").Replace("false", "boolean"))
            yield return $"{path}: {value.ValueKind}";
        else if (schema.TryGetProperty("enum", out JsonElement values)
            && !values.EnumerateArray().Any(one => one.GetString() == value.GetString()))
            yield return $"{path}: {value}";
        else if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonElement required in schema.GetProperty("required").EnumerateArray())
                if (!value.TryGetProperty(required.GetString()!, out _))
                    yield return $"{path}: {required} is missing";
            foreach (JsonProperty property in value.EnumerateObject())
                if (!properties.TryGetProperty(property.Name, out JsonElement inner))
                    yield return $"{path}.{property.Name} is not described";
                else
                    foreach (string fault in Faults(property.Value, inner, $"{path}.{property.Name}"))
                        yield return fault;
        }
    }

    /// <summary>A microphone that floods, stalls, and vanishes.</summary>
    private sealed class Troubled : IAudioSource
    {
        private readonly float[] sound = TestSignals.Join(TestSignals.Silence(1.2), TestSignals.Speech(4), TestSignals.Silence(1));
        private int position, flood;

        public string Name => "troubled";

        public int SampleRate => TestSignals.Rate;

        public bool IsLive => true;

        public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
        {
            if (position < sound.Length)
            {
                await Task.Delay(2, cancellation);
                int count = Math.Min(buffer.Length, sound.Length - position);
                sound.AsMemory(position, count).CopyTo(buffer);
                position += count;
                return count;
            }
            if (flood++ == 0)
                await Task.Delay(600, cancellation);
            return flood < 400 ? buffer.Length : throw new InvalidDataException("vanished");
        }

        public void Dispose()
        {
        }
    }
}
