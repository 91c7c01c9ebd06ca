using Spectre.Console;
using Spectre.Console.Testing;
using SpeechEmotion.Cli.LiveView;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Tests.Cli.LiveView;

public class LiveRendererTests
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
        foreach (LiveScreen screen in new[] { Example(), Example() with { Emotion = null, Probabilities = [] },
            Example() with { Source = new string('x', 200) } })
        {
            string[] lines = Rendered(screen, width, height).Split('\n');
            Assert.That(lines, Has.Length.LessThanOrEqualTo(height));
            Assert.That(lines.Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(width));
            Assert.That(lines[^1], Does.Contain("latency"));
        }
    }

    [Test]
    public void Render_FortyByTen_ShowsTheLikeliestLabels() =>
        // A terminal of ten lines leaves nine: the last one would scroll.
        Assert.That(Rendered(Example() with
        {
            Labels = ["anger", "calm", "disgust", "fear", "neutral", "surprise"],
            Probabilities = [0.02f, 0.6f, 0, 0.03f, 0.3f, 0.05f],
            Confidence = 0.6,
        }, 39, 9), Is.EqualTo("""
            call.wav  ·  model tess         01:02.5
            level  ████████───  -21 dB  ● speech
            CALM  60.0 %
            C calm      ███████████          60.0 %
            F fear      █                     3.0 %
            N neutral   ██████               30.0 %
            U surprise  █                     5.0 %
                                            AAA··CC
            q quits                  latency 3.2 ms
            """));

    [Test]
    public void Render_AnySize_Fits([Range(1, 100, 3)] int width)
    {
        LiveScreen[] screens =
        [
            Example(),
            Example() with { Emotion = null, Probabilities = [], State = new LiveState(0, double.NegativeInfinity, false, 0) },
            Example() with
            {
                Source = new string('x', 200),
                IsUncertain = true,
                Trouble = new string('y', 200),
                State = new LiveState(1e6, 3, true, 12345.6) { SpeakerSeconds = 60, LostSeconds = 12 },
            },
        ];
        foreach (LiveScreen screen in screens)
            for (int height = 1; height <= 40; height++)
            {
                using var console = new TestConsole().Width(width + 1);
                console.Write(new LiveFrame(LiveRenderer.Render(screen, width, height), height));
                string[] lines = [.. console.Output.Replace("\u001b[K", "").Replace("\u001b[J", "").TrimEnd('\n').Split('\n')
                    .Select(line => line.TrimEnd())];
                Assert.That(lines, Has.Length.LessThanOrEqualTo(height), $"{width} × {height}");
                Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width + 1), $"{width} × {height}");
            }
    }

    [Test]
    public void Snapshot_RecordedTroubles_AreShownUntilTheNextMeasurement()
    {
        var board = new LiveBoard(Example() with { Emotion = null, Probabilities = [], History = [] });
        string TroubleAfter(StreamEvent found, LiveState? state = null)
        {
            board.Add(found);
            return Rendered(board.Snapshot(state ?? new LiveState(found.Time, -70, false, 0)), 60, 20).Split('\n')[3];
        }
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.Listening, 0) { Message = "call.wav" }), Is.Empty);
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.Stalled, 3) { Message = "nothing has arrived for 2 s" }),
            Is.EqualTo("! nothing has arrived for 2 s"));
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.Resumed, 3)), Is.EqualTo("! audio arrives again"));
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.NoSpeech, 4) { Start = 0 }), Is.Empty);
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.Overrun, 5)
        {
            LostSeconds = 1.5,
            Message = "1.5 s of audio were lost: it arrived faster than it was processed",
        },
            new LiveState(5, -70, false, 0) { LostSeconds = 1.5 }),
            Does.StartWith("! 1.5 s of audio were lost: it arrived faster th").And.EndsWith("…"));
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.UtteranceStart, 6) { Start = 5.5 },
            new LiveState(6, -30, true, 0) { LostSeconds = 1.5 }), Is.EqualTo("! 1.5 s lost in all"), "what is lost stays lost");
        Assert.That(TroubleAfter(Recognised(StreamEventType.Measurement, 5.5, 7, "calm")), Is.Empty);
        Assert.That(TroubleAfter(new StreamEvent(StreamEventType.SourceLost, 8) { Message = "microphone: \u001b[2Jgone" }),
            Is.EqualTo("! microphone: ␛[2Jgone"));
    }

    [Test]
    public void Lines_Troubles_AreInWords()
    {
        Assert.That(LiveText.Lines(new StreamEvent(StreamEventType.Stalled, 3) { Message = "nothing has arrived for 2 s" }),
            Is.EqualTo(new[] { "00:03.0  nothing has arrived for 2 s" }));
        Assert.That(LiveText.Lines(new StreamEvent(StreamEventType.Resumed, 3)), Is.EqualTo(new[] { "00:03.0  audio arrives again" }));
        var nothing = new StreamSummary(3, 0, 0, 0, new() { ["calm"] = 0 }) { RealTimeFactor = 0.01 };
        Assert.That(LiveText.Lines(new StreamEvent(StreamEventType.Summary, 3) { Summary = nothing }),
            Is.EqualTo(new[] { "00:03.0 of audio, no speech", "real-time factor 0.0100" }));
        Assert.That(LiveText.Lines(new StreamEvent(StreamEventType.SourceLost, 8) { Message = "gone" }),
            Is.EqualTo(new[] { "00:08.0  gone" }));
    }

    [Test, NonParallelizable]
    public void IsPossible_NoColorOrNoTerminalOrTooSmall_IsPlain(
        [Values] bool isTerminal, [Values("", "1")] string noColor, [Values(39, 40)] int width, [Values(9, 10)] int height)
    {
        string? before = Environment.GetEnvironmentVariable("NO_COLOR");
        Environment.SetEnvironmentVariable("NO_COLOR", noColor);
        try
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Out = new Screen(isTerminal, width, height),
            });
            Assert.That(LiveScreenOutput.IsPossible(console), Is.EqualTo(isTerminal && noColor.Length == 0 && width == 40 && height == 10));
        }
        finally
        {
            Environment.SetEnvironmentVariable("NO_COLOR", before);
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
        board.Add(new StreamEvent(StreamEventType.UtteranceStart, 1.3) { Start = 1 });
        board.Add(Recognised(StreamEventType.Measurement, 1, 2, "anger"));
        board.Add(Recognised(StreamEventType.UtteranceEnd, 1, 3, "calm"));
        LiveScreen screen = board.Snapshot(new LiveState(4.2, -40, false, 1));

        Assert.That(screen.History, Is.EqualTo(new[] { null, null, "anger", "anger", "calm", "calm", null, null, null }));
        Assert.That((screen.Emotion, screen.IsDecision), Is.EqualTo(("calm", true)));

        board.Add(new StreamEvent(StreamEventType.NoSpeech, 4.5) { Start = 3 });
        Assert.That(board.Snapshot(screen.State).Emotion, Is.Null);
    }

    [Test]
    public void Snapshot_LongSession_KeepsABoundedHistory()
    {
        var board = new LiveBoard(Example());
        for (int second = 0; second < 5000; second += 100)
            board.Snapshot(new LiveState(second, -40, false, 1));
        board.Add(new StreamEvent(StreamEventType.UtteranceStart, 5000) { Start = 4999 });
        board.Add(Recognised(StreamEventType.Measurement, 4999, 5000, "fear"));
        IReadOnlyList<string?> history = board.Snapshot(new LiveState(5000, -40, true, 1)).History;

        Assert.That(history, Has.Count.LessThan(2300));
        Assert.That(history.Skip(history.Count - 3), Is.EqualTo(new[] { "fear", "fear", null }));
    }

    [Test]
    public void Lines_Events_AreInWords()
    {
        Assert.That(LiveText.Lines(new StreamEvent(StreamEventType.NoSpeech, 1.02) { Start = 0 }),
            Is.EqualTo(new[] { "00:01.0  no speech since 00:00.0" }));
        Assert.That(LiveText.Lines(Recognised(StreamEventType.Measurement, 59, 61.96, "calm")),
            Is.EqualTo(new[] { "01:02.0    calm 75.0 % (anger 25.0 %)" }));
        Assert.That(LiveText.Lines(Recognised(StreamEventType.UtteranceEnd, 1, 3, "calm")),
            Is.EqualTo(new[] { "00:03.0  utterance 00:01.0 – 00:03.0: calm 75.0 % (anger 25.0 %)" }));
    }

    private sealed class Screen(bool isTerminal, int width, int height) : IAnsiConsoleOutput
    {
        public TextWriter Writer => TextWriter.Null;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => height;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }

    private static StreamEvent Recognised(StreamEventType type, double start, double end, string emotion) => new(type, end)
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
        console.Write(LiveRenderer.Render(screen, width, height));
        return string.Join('\n', console.Output.TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }
}
