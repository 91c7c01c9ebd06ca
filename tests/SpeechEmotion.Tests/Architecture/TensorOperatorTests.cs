namespace SpeechEmotion.Tests.Architecture;

/// <summary>
/// No assembly of the project lets a Scalar be collected while a native call reads it (the remarks of TensorMath give the reasons).
/// </summary>
public class TensorOperatorTests
{
    // Sound on tensors: conversions to numbers and the bitwise operators, which TorchSharp passes on without a Scalar.
    private static readonly string[] Sound =
        ["op_Explicit", "op_Implicit", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr", "op_OnesComplement"];

    private static string Here => Path.GetDirectoryName(typeof(TensorOperatorTests).Assembly.Location)!;

    [TestCase("SpeechEmotion.dll")]
    [TestCase("SpeechEmotion.Cli.dll")]
    public void Assembly_Calls_HoldNoUnsafeTensorCode(string name)
    {
        Assert.That(Faults(Path.Combine(Here, name)), Is.Empty);
    }

    [Test]
    public void Assembly_Benchmarks_HoldNoUnsafeTensorCode()
    {
        string? built = SharedBuild("tests/SpeechEmotion.Benchmarks", "SpeechEmotion.Benchmarks.dll");
        if (built is null)
            Assert.Ignore("skipped: the benchmarks are not built");
        Assert.That(Faults(built!), Is.Empty);
    }

    [Test]
    public void Assembly_Tests_HoldUnsafeTensorCodeInTheSampleAlone()
    {
        string[] faults = Faults(typeof(TensorOperatorTests).Assembly.Location);
        string sample = nameof(TensorOperatorSample);
        Assert.That(faults, Is.EquivalentTo(new[]
        {
            $"{sample}.{nameof(TensorOperatorSample.CompoundSum)} calls Tensor.op_Addition",
            $"{sample}.{nameof(TensorOperatorSample.CompoundProduct)} calls Tensor.op_Multiply",
            $"{sample}.{nameof(TensorOperatorSample.ImplicitScalar)} calls Scalar.op_Implicit",
            $"{sample}.{nameof(TensorOperatorSample.UnheldScalar)} does not hold the Scalar of ToScalar by using or in a static field",
            $"{sample}.{nameof(TensorOperatorSample.LocalScalar)} does not hold the Scalar of ToScalar by using or in a static field",
        }));
    }

    private static string[] Faults(string assembly) =>
        [.. AssemblyCalls.Read(assembly).Select(Fault).OfType<string>().Distinct()];

    private static string? Fault(AssemblyCalls.Call call)
    {
        int dot = call.Callee.IndexOf('.', StringComparison.Ordinal);
        string type = call.Callee[..dot], member = call.Callee[(dot + 1)..];
        if ((type == "Scalar" && member == "op_Implicit")
            || (type == "Tensor" && member.StartsWith("op_", StringComparison.Ordinal) && !Sound.Contains(member)))
            return $"{call.Caller} calls {call.Callee}";
        return member is "ToScalar" or "ToBFloat16Scalar" && !call.ResultIsHeld
            ? $"{call.Caller} does not hold the Scalar of {member} by using or in a static field"
            : null;
    }

    // The same configuration and framework as this build: .../bin/Release/net10.0/<rid>.
    private static string? SharedBuild(string project, string file)
    {
        if (Support.SharedData.ProjectRoot() is not { } root || Here.IndexOf("bin", StringComparison.Ordinal) < 0)
            return null;
        string path = Path.Combine(root, project, Here[Here.LastIndexOf($"bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)..],
            file);
        return File.Exists(path) ? path : null;
    }
}
