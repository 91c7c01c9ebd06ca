using SpeechEmotion.Cli;
using SpeechEmotion.Live;
using Spectre.Console.Testing;

namespace SpeechEmotion.Tests.Cli;

public class LiveViewTests
{
    private static readonly string[] Labels = ["anger", "calm", "fear", "neutral"];

    [Test]
    public void Render_Measurement_ShowsEverything() =>
        Assert.That(Rendered(Example(), 60, 20), Is.EqualTo("""
            call.wav  ·  model tess                              01:02.5

            level  ████████████████████████────────  -21 dB  ● speech

                             _
               ___    __ _  | |  _ __ ___
              / __|  / _` | | | | '_ ` _ \
             | (__  | (_| | | | | | | | | |
              \___|  \__,_| |_| |_| |_| |_|


            A anger    █                                           2.5 %
            C calm     ███████████████████████████████            75.0 %
            F fear                                                 0.0 %
            N neutral  █████████                                  22.5 %

                                                                 AAA··CC
            one letter = 0.5 s  ·  q quits                latency 3.2 ms
            """));

    [Test]
    public void Render_SmallTerminal_FitsWithoutLargeLetters([Values(40, 60, 80)] int width, [Values(11, 12, 16, 23)] int height)
    {
        foreach (LiveScreen screen in new[] { Example(), Example() with { Emotion = null, Probabilities = [] }, Example() with { Source = new string('x', 200) } })
        {
            string[] lines = Rendered(screen, width, height).Split('\n');
            Assert.That(lines, Has.Length.LessThanOrEqualTo(height));
            Assert.That(lines.Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(width));
            Assert.That(lines[^1], Does.Contain("latency"));
        }
    }

    [Test]
    public void Render_NoSpeech_ShowsNoEmotion()
    {
        string text = Rendered(Example() with { Emotion = null, Probabilities = [], State = new LiveState(3, -80, false, 0) }, 60, 12);
        Assert.That(text, Does.Contain("no speech").And.Not.Contain("CALM").And.Not.Contain("75.0"));
    }

    [Test]
    public void Snapshot_Events_ColourTheHistoryWhereTheyWere()
    {
        var board = new LiveBoard(Example());
        board.Add(new LiveEvent(LiveEventType.UtteranceStart, 1.3) { Start = 1 });
        board.Add(Heard(LiveEventType.Measurement, 1, 2, "anger"));
        board.Add(Heard(LiveEventType.UtteranceEnd, 1, 3, "calm"));
        LiveScreen screen = board.Snapshot(new LiveState(4.2, -40, false, 1));

        Assert.That(screen.History, Is.EqualTo(new[] { null, null, "anger", "anger", "calm", "calm", null, null, null }));
        Assert.That((screen.Emotion, screen.IsDecision), Is.EqualTo(("calm", true)));

        board.Add(new LiveEvent(LiveEventType.NoSpeech, 4.5) { Start = 3 });
        Assert.That(board.Snapshot(screen.State).Emotion, Is.Null);
    }

    [Test]
    public void Snapshot_LongSession_KeepsABoundedHistory()
    {
        var board = new LiveBoard(Example());
        for (int second = 0; second < 5000; second += 100)
            board.Snapshot(new LiveState(second, -40, false, 1));
        board.Add(new LiveEvent(LiveEventType.UtteranceStart, 5000) { Start = 4999 });
        board.Add(Heard(LiveEventType.Measurement, 4999, 5000, "fear"));
        IReadOnlyList<string?> history = board.Snapshot(new LiveState(5000, -40, true, 1)).History;

        Assert.That(history, Has.Count.LessThan(2300));
        Assert.That(history.Skip(history.Count - 3), Is.EqualTo(new[] { "fear", "fear", null }));
    }

    [Test]
    public void Lines_Events_AreInWords()
    {
        Assert.That(LiveText.Lines(new LiveEvent(LiveEventType.NoSpeech, 1.02) { Start = 0 }), Is.EqualTo(new[] { "00:01.0  no speech since 00:00.0" }));
        Assert.That(LiveText.Lines(Heard(LiveEventType.Measurement, 59, 61.96, "calm")), Is.EqualTo(new[] { "01:02.0    calm 75.0 % (anger 25.0 %)" }));
        Assert.That(LiveText.Lines(Heard(LiveEventType.UtteranceEnd, 1, 3, "calm")), Is.EqualTo(new[] { "00:03.0  utterance 00:01.0 – 00:03.0: calm 75.0 % (anger 25.0 %)" }));
    }

    private static LiveEvent Heard(LiveEventType type, double start, double end, string emotion) => new(type, end)
    {
        Start = start,
        End = end,
        Emotion = emotion,
        Confidence = 0.75,
        Probabilities = new() { [emotion == "anger" ? "calm" : "anger"] = 0.25f, [emotion] = 0.75f },
    };

    private static LiveScreen Example() => new()
    {
        Source = "call.wav",
        Model = "tess",
        Labels = Labels,
        State = new LiveState(62.5, -21, true, 3.2),
        Emotion = "calm",
        Confidence = 0.75,
        Probabilities = [0.025f, 0.75f, 0, 0.225f],
        History = ["anger", "anger", "anger", null, null, "calm", "calm"],
    };

    private static string Rendered(LiveScreen screen, int width, int height)
    {
        using var console = new TestConsole().Width(width);
        console.Write(LiveView.Render(screen, width, height));
        return string.Join('\n', console.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }
}
