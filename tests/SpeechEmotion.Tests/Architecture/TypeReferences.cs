using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>A type by its namespace and the name of its outermost type.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>One type refers to another.</summary>
/// <param name="From">The type that refers; nested and compiler-generated types count as their outermost type.</param>
/// <param name="Place">The part of it that refers: a member, an attribute, the base type.</param>
/// <param name="To">The type that is referred to.</param>
internal sealed record TypeReferenceFound(TypeName From, string Place, TypeName To);

/// <summary>
/// The types that each type of a built assembly refers to: in base type, interfaces, attributes, generic constraints and arguments,
/// fields, signatures, locals, handlers and IL.
/// </summary>
/// <remarks>
/// The compiler copies the value of a constant into the code that uses it and keeps no reference to its type: constants of another
/// type cannot be seen here, nor <c>nameof</c>.
/// </remarks>
internal sealed partial class TypeReferences
{
    private readonly PEReader file;
    private readonly MetadataReader metadata;
    private readonly HashSet<TypeReferenceFound> found = [];

    private TypeReferences(PEReader file) => (this.file, metadata) = (file, file.GetMetadataReader());

    /// <summary>All types that the assembly defines, and all references between types (to those of other assemblies as well).</summary>
    public static (IReadOnlySet<TypeName> Types, IReadOnlyCollection<TypeReferenceFound> References) Read(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        var reader = new TypeReferences(file);
        HashSet<TypeName> types = [];
        foreach (TypeDefinitionHandle handle in reader.metadata.TypeDefinitions)
        {
            TypeName name = reader.NameOf(handle);
            types.Add(name);
            reader.ReadType(name, reader.metadata.GetTypeDefinition(handle));
        }
        reader.found.RemoveWhere(reference => reference.From == reference.To);
        return (types, reader.found);
    }

    private void ReadType(TypeName from, TypeDefinition type)
    {
        var collector = new Collector(this);
        Add(from, "base type", type.BaseType);
        foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
        {
            InterfaceImplementation implementation = metadata.GetInterfaceImplementation(handle);
            Add(from, "interface", implementation.Interface);
            AddAttributes(from, "interface", implementation.GetCustomAttributes());
        }
        AddAttributes(from, "type", type.GetCustomAttributes());
        AddConstraints(from, "type parameter", type.GetGenericParameters());
        foreach (PropertyDefinition property in type.GetProperties().Select(metadata.GetPropertyDefinition))
            AddAttributes(from, metadata.GetString(property.Name), property.GetCustomAttributes());
        foreach (EventDefinition raised in type.GetEvents().Select(metadata.GetEventDefinition))
            AddAttributes(from, metadata.GetString(raised.Name), raised.GetCustomAttributes());
        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            string place = PlaceOf(type, field.Name);
            field.DecodeSignature(collector, null);
            Take(from, place, collector);
            AddAttributes(from, place, field.GetCustomAttributes());
        }
        foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
            ReadMethod(from, PlaceOf(type, method.Name), method, collector);
    }

    private void ReadMethod(TypeName from, string place, MethodDefinition method, Collector collector)
    {
        method.DecodeSignature(collector, null);
        Take(from, place, collector);
        AddAttributes(from, place, method.GetCustomAttributes());
        AddConstraints(from, place, method.GetGenericParameters());
        foreach (ParameterHandle parameter in method.GetParameters())
            AddAttributes(from, place, metadata.GetParameter(parameter).GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0)
            return;
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, null);
            Take(from, place, collector);
        }
        foreach (ExceptionRegion region in body.ExceptionRegions.Where(region => region.Kind == ExceptionRegionKind.Catch))
            Add(from, place, region.CatchType);
        foreach (Instruction instruction in Instruction.Read(body))
            if (instruction.Code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok or OperandType.InlineSig)
                Add(from, place, MetadataTokens.EntityHandle(instruction.Token));
    }

    // The compiler names what it makes of a member <member>…: closures, iterators and asynchronous methods.
    private string PlaceOf(TypeDefinition type, StringHandle member)
    {
        string name = metadata.GetString(member);
        Match made = CompilerMade().Match(name);
        if (!made.Success)
            made = CompilerMade().Match(metadata.GetString(type.Name));
        return made.Success ? made.Groups[1].Value : name;
    }

    private void AddConstraints(TypeName from, string place, GenericParameterHandleCollection parameters)
    {
        foreach (GenericParameter parameter in parameters.Select(metadata.GetGenericParameter))
        {
            AddAttributes(from, place, parameter.GetCustomAttributes());
            foreach (GenericParameterConstraintHandle constraint in parameter.GetConstraints())
                Add(from, place, metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    // The attribute's own type, and the types among its arguments, which stand there as text.
    private void AddAttributes(TypeName from, string place, CustomAttributeHandleCollection attributes)
    {
        foreach (CustomAttribute attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            Add(from, place, attribute.Constructor);
            string arguments = Encoding.UTF8.GetString(metadata.GetBlobBytes(attribute.Value));
            foreach (TypeName type in DefinedTypes.Where(type => type.Namespace.Length > 0 && Mentions(arguments, type.ToString())))
                found.Add(new TypeReferenceFound(from, place, type));
        }
    }

    private static bool Mentions(string text, string name)
    {
        int at = text.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at + name.Length == text.Length
            || !(char.IsLetterOrDigit(text[at + name.Length]) || text[at + name.Length] is '_' or '.'));
    }

    private TypeName[] DefinedTypes => field ??= [.. metadata.TypeDefinitions.Select(handle => NameOf(handle)).Distinct()];

    /// <summary>Adds the types that a token names: a type, or the type and the generic arguments of a member.</summary>
    private void Add(TypeName from, string place, EntityHandle handle)
    {
        var collector = new Collector(this);
        Collect(handle, collector);
        Take(from, place, collector);
    }

    private void Collect(EntityHandle handle, Collector collector)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                collector.Names.Add(NameOf(handle));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(collector, null);
                break;
            case HandleKind.MethodDefinition:
                collector.Names.Add(NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.FieldDefinition:
                collector.Names.Add(NameOf(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.MemberReference:
                MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                Collect(member.Parent, collector);
                if (member.GetKind() == MemberReferenceKind.Method)
                    member.DecodeMethodSignature(collector, null);
                else
                    member.DecodeFieldSignature(collector, null);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Collect(specification.Method, collector);
                specification.DecodeSignature(collector, null);
                break;
            case HandleKind.StandaloneSignature:
                metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(collector, null);
                break;
        }
    }

    private void Take(TypeName from, string place, Collector collector)
    {
        foreach (TypeName name in collector.Names)
            found.Add(new TypeReferenceFound(from, place, name));
        collector.Names.Clear();
    }

    private TypeName NameOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
            return reference.ResolutionScope.Kind == HandleKind.TypeReference
                ? NameOf(reference.ResolutionScope)
                : new TypeName(metadata.GetString(reference.Namespace), metadata.GetString(reference.Name));
        }
        TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
        TypeDefinitionHandle outer = definition.GetDeclaringType();
        return outer.IsNil ? new TypeName(metadata.GetString(definition.Namespace), metadata.GetString(definition.Name)) : NameOf(outer);
    }

    [GeneratedRegex(@"^<(\w+)>")]
    private static partial Regex CompilerMade();

    /// <summary>Collects the names of all types that a signature holds.</summary>
    private sealed class Collector(TypeReferences owner) : ISignatureTypeProvider<bool, object?>
    {
        public HashSet<TypeName> Names { get; } = [];

        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            Names.Add(owner.NameOf(handle));

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            Names.Add(owner.NameOf(handle));

        public bool GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        // The parts of composed types have been collected by the time these are called.
        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetSZArrayType(bool elementType) => true;
    }
}
