using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>Synthesis of an utterance from segments and cues, before recording conditions and level are applied.</summary>
internal static class Speech
{
    /// <summary>Synthesises segments that start at <paramref name="start"/> seconds.</summary>
    /// <returns>The given number of samples at <see cref="SyntheticCorpus.SampleRate"/>.</returns>
    public static float[] Speak(
        IReadOnlyList<Segment> segments, SyntheticSpeaker speaker, CueSet cues, double start, int samples, SeededRandom random)
    {
        int ticks = (samples + Track.Tick - 1) / Track.Tick;
        var prosody = Prosody.Compose(segments, cues, start, ticks, random);
        // The articulators move from one target to the next in about 70 ms at any tempo, so that fast speech undershoots (Lindblom 1963).
        double[] F1 = Formant(s => s.F1), F2 = Formant(s => s.F2), F3 = Formant(s => s.F3);
        double[] voicing = Amplitude(s => s.Voicing, 0.024), aspiration = Amplitude(s => s.Aspiration, 0.016);
        double[] frication = Amplitude(s => s.Frication, 0.010), nasality = Amplitude(s => s.Nasality, 0.040);
        double[] noiseHz = Track.Steps(segments, start, ticks, hold: true, s => s.NoiseHz);
        double[] noiseWidth = Track.Steps(segments, start, ticks, hold: true, s => s.NoiseWidth);

        double smile = Math.Exp(cues[Cue.Smile]);
        double jaw = Math.Exp(cues[Cue.Jaw]);
        double precision = Math.Clamp(1 + cues[Cue.Precision], 0.4, 1.25);
        double openQuotient = Math.Clamp(cues[Cue.OpenQuotient], 0.35, 0.85);
        double breath = Math.Pow(10, cues[Cue.Breath] / 20);
        var tract = new VocalTract(speaker.FormantScale * smile);
        var source = new GlottalSource(random)
        {
            OpenQuotient = openQuotient,
            Jitter = Math.Clamp(cues[Cue.Jitter], 0.1, 4) / 100,
            Shimmer = Math.Clamp(cues[Cue.Shimmer], 0.5, 15) / 100,
            Creak = Math.Clamp(cues[Cue.Creak], 0, 1),
            Breath = breath,
        };
        source.SetTilt(Math.Clamp(cues[Cue.Tilt], 0.5, 30));
        double damping = 120 * Math.Max(0, openQuotient - 0.5); // Hz; an open glottis damps the first formant

        var sound = new float[samples];
        for (int tick = 0; tick < ticks; tick++)
        {
            source.Pitch = Math.Clamp(speaker.Pitch * Math.Pow(2, prosody.Semitones[tick] / 12), 50, 700);
            tract.Shape(Reach(F1[tick], 500) * jaw, Reach(F2[tick], 1500), Reach(F3[tick], 2500), nasality[tick], damping);
            if (noiseHz[tick] > 0)
                tract.Constrict(noiseHz[tick], noiseWidth[tick]);
            double gain = Math.Pow(10, prosody.Decibels[tick] / 20);
            double voicingGain = voicing[tick] * gain, aspirationGain = aspiration[tick] * 0.15 * gain;
            double fricationGain = frication[tick] * Math.Sqrt(gain);
            int end = Math.Min(samples, (tick + 1) * Track.Tick);
            for (int i = tick * Track.Tick; i < end; i++)
                sound[i] = (float)tract.Next(source.Next(voicingGain, aspirationGain), fricationGain * random.Noise());
        }
        return sound;

        double Reach(double formant, double neutral) => neutral + (precision * (formant - neutral));
        double[] Formant(Func<Segment, double> value) => Track.Smooth(Track.Steps(segments, start, ticks, hold: true, value), 0.07);
        double[] Amplitude(Func<Segment, double> value, double seconds) =>
            Track.Smooth(Track.Steps(segments, start, ticks, hold: false, value), seconds);
    }
}
