using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>The methods that a built assembly calls, read from its IL: what the compiler emitted, not what the source looks like.</summary>
internal static class AssemblyCalls
{
    /// <summary>
    /// One call: the caller, the callee, and whether the result is stored directly in a static field or in a local that a finally
    /// block guards.
    /// </summary>
    public sealed record Call(string Caller, string Callee, bool ResultIsHeld);

    /// <summary>All calls, constructions and method addresses in the assembly's method bodies.</summary>
    public static List<Call> Read(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        List<Call> calls = [];
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
        {
            if (method.RelativeVirtualAddress == 0)
                continue;
            string caller = $"{TypeName(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}";
            MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
            List<Instruction> instructions = Instruction.Read(body);
            for (int i = 0; i < instructions.Count; i++)
            {
                if (instructions[i].Code.OperandType == OperandType.InlineMethod)
                {
                    string callee = Name(metadata, MetadataTokens.EntityHandle(instructions[i].Token));
                    calls.Add(new Call(caller, callee, IsHeld(body, instructions, i)));
                }
            }
        }
        return calls;
    }

    private static bool IsHeld(MethodBodyBlock body, List<Instruction> instructions, int call)
    {
        int[] next = [.. Enumerable.Range(call + 1, instructions.Count - call - 1)
            .Where(i => instructions[i].Code.Value != OpCodes.Nop.Value).Take(2)];
        if (next.Length < 2)
            return false;
        OpCode store = instructions[next[0]].Code;
        return store.Value == OpCodes.Stsfld.Value
            || (store.Name!.StartsWith("stloc", StringComparison.Ordinal) && body.ExceptionRegions.Any(region =>
                region.Kind == ExceptionRegionKind.Finally
                && region.TryOffset > instructions[next[0]].Offset && region.TryOffset <= instructions[next[1]].Offset));
    }

    private static string Name(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return Name(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MemberReference:
                MemberReference reference = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return $"{TypeName(metadata, reference.Parent)}.{metadata.GetString(reference.Name)}";
            default:
                MethodDefinition definition = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{TypeName(metadata, definition.GetDeclaringType())}.{metadata.GetString(definition.Name)}";
        }
    }

    private static string TypeName(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return metadata.GetString(reference.Name);
            case HandleKind.TypeDefinition:
                TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                TypeDefinitionHandle outer = definition.GetDeclaringType();
                return (outer.IsNil ? "" : TypeName(metadata, outer) + "+") + metadata.GetString(definition.Name);
            default:
                return "generic";
        }
    }
}
