using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public class EnrolmentDrawTests
{
    private const int Classes = 3, Draws = 4000;

    /// <summary>Four clips of class 0, three of class 1, one of class 2, all of one speaker, with nothing in them but a class.</summary>
    private static readonly LabelledClip[] Clips = [.. new[] { 0, 0, 0, 0, 1, 1, 1, 2 }.Select(label =>
    {
        var features = new FeatureMatrix(new float[Classes * 20], Classes, 20);
        features.Row(label).Fill(1);
        return new LabelledClip(features, label, "speaker");
    })];

    private static readonly RunSettings Settings = new()
    {
        Model = new ModelSettings { LogitCentring = 4 },
        Training = new TrainingSettings { EnrolmentProbability = 1, UtterancesPerSpeaker = 4 },
    };

    [TestCase(0, 4 / 7.0)]
    [TestCase(5, 3 / 7.0)]
    [TestCase(7, 0)]
    public void Draw_ManyTimes_EnrolsTheClassOfTheClipAsOftenAsIfAnotherOneWereEnrolled(int clip, double share)
    {
        // The single clip of class 2 cannot enrol itself, so it enrols nobody: of the seven others 4/7 are of class 0. Without the clip
        // itself, 3/7 would be of its class 0, and 2/7 of its class 1.
        EnrolmentDraw enrolment = New();
        SeededRandom random = Seeds.Random(1, "draws");
        int mean = UtteranceStatistics.Names.ToList().IndexOf("mean");
        double[] shares = new double[Classes];
        for (int i = 0; i < Draws; i++)
        {
            SpeakerStatistics speaker = enrolment.Draw(clip, random)!;
            for (int label = 0; label < Classes; label++)
                shares[label] += speaker.Mean((label * UtteranceStatistics.Names.Count) + mean) / Draws;
        }
        Assert.That(shares[Clips[clip].Label], Is.EqualTo(share).Within(0.03));
        Assert.That(shares, Is.EqualTo(new[] { 4 / 7.0, 3 / 7.0, 0 }).Within(0.03));
    }

    [Test]
    public void DrawLogitOffsetWeights_ManyGroups_WeighTheClassOfTheClipAsIfAnotherOneWereCentred()
    {
        EnrolmentDraw enrolment = New();
        SeededRandom random = Seeds.Random(2, "groups");
        double[] own = new double[Classes], all = new double[Classes];
        for (int draw = 0; draw < 4 * Draws; draw++)
        {
            int[] order = [.. Enumerable.Range(0, Clips.Length)];
            random.Shuffle<int>(order);
            (int Clip, int Group)[] members = [.. order.Take(4).Select(clip => (clip, 0))];
            float[] weights = enrolment.DrawLogitOffsetWeights($"1 {draw}", members, random);
            for (int i = 0; i < members.Length; i++)
                for (int j = 0; j < members.Length; j++)
                {
                    int label = Clips[members[i].Clip].Label;
                    all[label] += weights[(i * members.Length) + j];
                    own[label] += label == Clips[members[j].Clip].Label ? weights[(i * members.Length) + j] : 0;
                }
        }
        Assert.That(own[0] / all[0], Is.EqualTo(4 / 7.0).Within(0.02));
        Assert.That(own[1] / all[1], Is.EqualTo(3 / 7.0).Within(0.02));
        Assert.That(own[2], Is.Zero);
        Assert.That(all[2], Is.GreaterThan(0));
    }

    [Test]
    public void Draw_OneUtteranceOfEachClass_IsWithoutEnrolment()
    {
        LabelledClip[] clips = [Clips[0], Clips[4], Clips[7]];
        var enrolment = new EnrolmentDraw(clips, Settings, [1, 1, 1]);
        for (int clip = 0; clip < clips.Length; clip++)
            Assert.That(enrolment.Draw(clip, Seeds.Random(clip, "draws")), Is.Null);
    }

    private static EnrolmentDraw New() => new(Clips, Settings, [.. Clips.Select(_ => 1.0)]);
}
