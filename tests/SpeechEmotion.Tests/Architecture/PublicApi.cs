using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>The public types and members of an assembly as lines of text. What the compiler adds to records is left out.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(char)] = "char", [typeof(uint)] = "uint",
    };

    public static IEnumerable<string> Describe(Assembly assembly) =>
        assembly.GetExportedTypes().OrderBy(FullName, StringComparer.Ordinal).SelectMany(Describe);

    public static IEnumerable<string> Describe(Type type)
    {
        IEnumerable<string> bases = type.IsEnum || type.IsValueType ? []
            : [.. new[] { type.BaseType }.Where(each => each is not null && each != typeof(object)).Select(each => Name(each!)),
                .. type.GetInterfaces().Where(each => !IsOfRecords(each, type)).Select(Name).Order(StringComparer.Ordinal)];
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : "class";
        yield return $"{kind} {FullName(type)}{(bases.Any() ? $" : {string.Join(", ", bases)}" : "")}";
        IEnumerable<MemberInfo> members = type.GetMembers(Declared).Where(IsRecorded);
        foreach (string line in members.OrderBy(Rank).ThenBy(Describe, StringComparer.Ordinal).Select(Describe))
            yield return "  " + line;
    }

    /// <summary>Constructors, constants and fields, static members, the rest.</summary>
    private static int Rank(MemberInfo member) => member switch
    {
        ConstructorInfo => 0,
        FieldInfo => 1,
        MethodInfo { IsStatic: true } => 2,
        PropertyInfo property when Accessor(property).IsStatic => 2,
        _ => 3,
    };

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})",
        MethodInfo method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Arguments(method)}({Parameters(method)})",
        PropertyInfo property => $"{Static(Accessor(property))}{Name(property.PropertyType)} {property.Name} {{ {Accessors(property)} }}",
        FieldInfo { DeclaringType.IsEnum: true } value => $"{value.Name} = {value.GetRawConstantValue()}",
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        EventInfo raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}",
        _ => member.Name,
    };

    private static bool IsRecorded(MemberInfo member) => member switch
    {
        { Name: "<Clone>$" or "EqualityContract" or "PrintMembers" or "Deconstruct" or "value__" } => false,
        { Name: "GetHashCode" or "Equals" or "ToString" } => false,
        ConstructorInfo constructor => IsVisible(constructor) && !IsCopy(constructor),
        MethodInfo method => IsVisible(method) && !method.IsSpecialName,
        PropertyInfo property => IsVisible(Accessor(property)),
        FieldInfo field => field.IsPublic || field.IsFamily,
        EventInfo raised => IsVisible(raised.AddMethod!),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static bool IsOfRecords(Type contract, Type type) => contract == typeof(IEquatable<>).MakeGenericType(type);

    private static MethodInfo Accessor(PropertyInfo property) =>
        property.GetMethod is { } get && IsVisible(get) || property.SetMethod is null ? property.GetMethod! : property.SetMethod;

    private static string Accessors(PropertyInfo property)
    {
        List<string> accessors = [];
        if (property.GetMethod is { } get && IsVisible(get))
            accessors.Add("get;");
        if (property.SetMethod is { } set && IsVisible(set))
            accessors.Add(set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;");
        return string.Join(' ', accessors);
    }

    private static string Static(MethodBase method) => method is { IsStatic: true } ? "static " : "";

    private static string Arguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(each =>
    {
        string by = each.IsOut ? "out " : each.ParameterType.IsByRef ? "ref " : "";
        string value = !each.HasDefaultValue ? "" : $" = {Convert.ToString(each.DefaultValue, CultureInfo.InvariantCulture) switch
        {
            null or "" => each.ParameterType.IsValueType && Nullable.GetUnderlyingType(each.ParameterType) is null ? "default" : "null",
            { } text => text,
        }}";
        return $"{by}{Name(each.ParameterType)} {each.Name}{value}";
    }));

    private static string FullName(Type type) =>
        type.IsNested ? $"{FullName(type.DeclaringType!)}.{Name(type)}" : $"{type.Namespace}.{Name(type)}";

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }
}
