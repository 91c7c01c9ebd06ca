using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace SpeechEmotion.Evaluation;

/// <summary>A 95 % interval; in JSON the array <c>[low, high]</c>.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
[JsonConverter(typeof(IntervalConverter))]
public readonly record struct Interval(double Low, double High)
{
    // 97.5 % quantile of the normal distribution.
    private static readonly double Z = Normal.InvCDF(0, 1, 0.975);

    /// <summary>Score interval of a proportion (Wilson 1927). It has a width even when every case is a hit.</summary>
    internal static Interval Wilson(int hits, int cases) => Wilson((double)hits / cases, cases);

    /// <summary>Score interval of the proportion <paramref name="p"/> of a number of cases.</summary>
    internal static Interval Wilson(double p, int cases)
    {
        double z2 = Z * Z;
        double middle = p + z2 / (2 * cases), half = Z * Math.Sqrt(p * (1 - p) / cases + z2 / (4.0 * cases * cases));
        double scale = 1 + z2 / cases;
        return new Interval(Math.Max(0, (middle - half) / scale), Math.Min(1, (middle + half) / scale));
    }

    /// <summary>The 2.5 and 97.5 % quantiles, interpolated linearly (numpy's default). The values are sorted in place.</summary>
    internal static Interval Percentiles(double[] values)
    {
        Array.Sort(values);
        return new Interval(Quantile(0.025), Quantile(0.975));

        double Quantile(double share) => SortedArrayStatistics.QuantileCustom(values, share, QuantileDefinition.R7);
    }
}

/// <summary>Writes an interval as an array on one line.</summary>
internal sealed class IntervalConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<double[]>(ref reader, options) is [double low, double high]
            ? new Interval(low, high)
            : throw new JsonException("an interval is [low, high]");

    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
        writer.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{value.Low:R}, {value.High:R}]"));
}
