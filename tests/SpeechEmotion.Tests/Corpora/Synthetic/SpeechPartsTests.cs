using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora.Synthetic;

internal sealed class SpeechPartsTests
{
    [Test]
    public void Score_AnyTempo_FillsTheTimeAndFastSpeechHasMoreSyllables()
    {
        double Syllables(double tempo) => Lexicon.Words.Average(word =>
        {
            List<Segment> segments = Score.Compose(word, new CueSet { [Cue.Tempo] = tempo, [Cue.Pause] = 0.05 }, 1.7, new SeededRandom(1));
            Assert.That(segments.Sum(s => s.Seconds), Is.EqualTo(1.7).Within(1e-9));
            return segments.Max(s => s.Syllable) + 1.0;
        });

        Assert.That(Syllables(0.25), Is.GreaterThan(Syllables(-0.25) * 1.4));
    }

    [Test]
    public void Lexicon_EveryWordAndCarrier_IsMadeOfKnownSounds()
    {
        foreach (Entry entry in Lexicon.Words.Concat(Lexicon.Carriers))
            foreach (char sound in entry.Sounds.Where(c => c != '\''))
                Assert.That(() => Phone.Find(sound), Throws.Nothing, $"{entry.Text}: {sound}");
        Assert.That(Lexicon.Words.Select(Syllables), Is.All.InRange(2, 4));
        Assert.That(Lexicon.Words.Select(w => w.Sounds.Count(c => c == '\'')), Is.All.EqualTo(1));

        static int Syllables(Entry entry) => entry.Sounds.Count(c => c != '\'' && Phone.Find(c).Manner == Manner.Vowel);
    }

    [TestCase(500, 60)]
    [TestCase(1500, 90)]
    [TestCase(4500, 290)]
    public void Resonator_Tuned_PeaksAtItsFrequencyWithUnitGainAtZero(double frequency, double bandwidth)
    {
        Assert.That(Gain(frequency), Is.GreaterThan(3 * Gain(frequency - (3 * bandwidth))));
        Assert.That(Gain(frequency), Is.GreaterThan(3 * Gain(frequency + (3 * bandwidth))));
        Assert.That(Gain(0), Is.EqualTo(1).Within(1e-6));

        double Gain(double hertz) => SineGain(hertz, () =>
        {
            var r = new Resonator();
            r.Tune(frequency, bandwidth);
            return x => r.Resonate(x);
        });
    }

    [Test]
    public void Resonator_CancelAfterResonate_GivesTheInputBack()
    {
        var pole = new Resonator();
        var zero = new Resonator();
        pole.Tune(700, 80);
        zero.Tune(700, 80);
        var random = new SeededRandom(3);
        for (int i = 0; i < 1000; i++)
        {
            double x = random.Noise();
            Assert.That(zero.Cancel(pole.Resonate(x)), Is.EqualTo(x).Within(1e-9));
        }
    }

    [Test]
    public void Resonator_Pass_HasUnitGainAtTheCentre() => Assert.That(SineGain(3000, () =>
    {
        var r = new Resonator();
        r.Tune(3000, 800);
        return x => r.Pass(x);
    }), Is.EqualTo(1).Within(0.02));

    [TestCase(110)]
    [TestCase(233)]
    public void GlottalSource_Steady_RepeatsAtItsPitch(double pitch)
    {
        var source = new GlottalSource(new SeededRandom(1)) { Pitch = pitch };
        source.SetTilt(0);
        double[] sound = [.. Enumerable.Range(0, 16000).Select(_ => source.Next(1, 0))];
        int closures = Enumerable.Range(1, sound.Length - 1).Count(i => sound[i] > -0.3 && sound[i - 1] <= -0.3);

        Assert.That(closures, Is.EqualTo(pitch).Within(2));
    }

    [Test]
    public void GlottalSource_Tilt_AttenuatesAt3KilohertzByItsValue()
    {
        // The pulses' spectrum is the same in both; only the low-pass differs.
        Assert.That(Band(0.1) - Band(12), Is.EqualTo(11.9).Within(0.5));

        static double Band(double tilt)
        {
            var source = new GlottalSource(new SeededRandom(1)) { Pitch = 100 };
            source.SetTilt(tilt);
            double re = 0, im = 0;
            for (int i = 0; i < 16000; i++)
            {
                double x = source.Next(1, 0), phase = 2 * Math.PI * 3000 * i / 16000;
                re += x * Math.Cos(phase);
                im += x * Math.Sin(phase);
            }
            return 10 * Math.Log10((re * re) + (im * im));
        }
    }

    [Test]
    public void VocalTract_ShorterTract_MovesFormantsUp()
    {
        Assert.That(FirstPeak(1.25) / FirstPeak(1), Is.EqualTo(1.25).Within(0.06));

        static double FirstPeak(double scale) => Enumerable.Range(20, 100).Select(i => i * 10.0).MaxBy(hertz => SineGain(hertz, () =>
        {
            var tract = new VocalTract(scale);
            tract.Shape(600, 1400, 2500, nasality: 0, damping: 0);
            return x => tract.Next(x, 0);
        }));
    }

    private static double SineGain(double hertz, Func<Func<double, double>> create)
    {
        Func<double, double> filter = create();
        double input = 0, output = 0;
        for (int i = 0; i < 8000; i++)
        {
            double x = Math.Cos(2 * Math.PI * hertz * i / 16000);
            double y = filter(x);
            if (i < 4000)
                continue;
            input += x * x;
            output += y * y;
        }
        return Math.Sqrt(output / input);
    }
}
