using System.Reflection;
using TorchSharp;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>
/// The list of banned symbols fits the TorchSharp that is referenced: the analyzer is silent about a line that names nothing.
/// </summary>
public class BannedSymbolsTests
{
    private static readonly string[] SoundOperators =
        ["op_Explicit", "op_Implicit", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr", "op_OnesComplement", "op_MinusMinusGreater"];

    private static readonly Type[] Searched =
        [typeof(Scalar), typeof(torch), typeof(torch.Tensor), typeof(torch.nn), typeof(torch.nn.functional), typeof(torch.linalg)];

    [Test]
    public void List_EveryMethod_ExistsInTorchSharp()
    {
        HashSet<string> known = [.. Searched.SelectMany(Methods).Select(Id)];
        Assert.That(Listed().Where(line => line.StartsWith("M:", StringComparison.Ordinal) && !known.Contains(line)), Is.Empty);
    }

    [Test]
    public void List_EveryType_ExistsInTorchSharp()
    {
        string[] types = [.. Listed().Where(line => line.StartsWith("T:", StringComparison.Ordinal)).Select(line => line[2..])];
        Assert.That(types, Is.Not.Empty);
        Assert.That(types.Where(name =>
            typeof(torch).Assembly.GetType(name.Replace("torch.", "torch+", StringComparison.Ordinal)
                .Replace("utils.", "utils+", StringComparison.Ordinal)) is null), Is.Empty);
    }

    [Test]
    public void List_Operators_AreComplete()
    {
        string[] unsound = [.. Methods(typeof(Scalar)).Where(method => method.Name == "op_Implicit")
            .Concat(Methods(typeof(torch.Tensor))
                .Where(method => method.Name.StartsWith("op_", StringComparison.Ordinal) && !SoundOperators.Contains(method.Name)))
            .Select(Id)];
        Assert.That(unsound, Has.Length.GreaterThan(70));
        Assert.That(unsound.Except(Listed()), Is.Empty);
    }

    private static string[] Listed() =>
        [.. File.ReadAllLines(SourceTree.Require("build/BannedSymbols.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(';', StringComparison.Ordinal)])];

    private static MethodInfo[] Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    // The documentation comment's name of a method, as the compiler and the analyzer write it.
    private static string Id(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        string list = parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Id(parameter.ParameterType)))})";
        string result = method.Name is "op_Implicit" or "op_Explicit" ? "~" + Id(method.ReturnType) : "";
        return $"M:{Id(method.DeclaringType!)}.{method.Name}{list}{result}";
    }

    private static string Id(Type type)
    {
        if (type.IsByRef)
            return Id(type.GetElementType()!) + "@";
        if (type.IsArray)
            return Id(type.GetElementType()!) + "[]";
        if (type.IsConstructedGenericType)
        {
            string open = Id(type.GetGenericTypeDefinition());
            return $"{open[..open.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(",", type.GetGenericArguments().Select(Id))}}}";
        }
        return (type.FullName ?? type.Name).Replace('+', '.');
    }
}
