using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>Reads which methods a built assembly calls, straight from its IL: what the compiler made, not what the source looks like.</summary>
internal static class AssemblyCalls
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>One call: who calls, whom, and whether the result goes straight into a static field or into a local that a finally block guards.</summary>
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
            List<(int Offset, OpCode Code, int Token)> instructions = Instructions(body);
            for (int i = 0; i < instructions.Count; i++)
            {
                if (instructions[i].Code.OperandType == OperandType.InlineMethod)
                    calls.Add(new Call(caller, Name(metadata, MetadataTokens.EntityHandle(instructions[i].Token)), IsHeld(body, instructions, i)));
            }
        }
        return calls;
    }

    private static bool IsHeld(MethodBodyBlock body, List<(int Offset, OpCode Code, int Token)> instructions, int call)
    {
        int[] next = [.. Enumerable.Range(call + 1, instructions.Count - call - 1).Where(i => instructions[i].Code.Value != OpCodes.Nop.Value).Take(2)];
        if (next.Length < 2)
            return false;
        OpCode store = instructions[next[0]].Code;
        return store.Value == OpCodes.Stsfld.Value
            || (store.Name!.StartsWith("stloc", StringComparison.Ordinal) && body.ExceptionRegions.Any(region =>
                region.Kind == ExceptionRegionKind.Finally
                && region.TryOffset > instructions[next[0]].Offset && region.TryOffset <= instructions[next[1]].Offset));
    }

    private static List<(int Offset, OpCode Code, int Token)> Instructions(MethodBodyBlock body)
    {
        List<(int, OpCode, int)> instructions = [];
        BlobReader il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            int offset = il.Offset;
            int value = il.ReadByte();
            OpCode code = Codes[value == 0xfe ? 0xfe00 | il.ReadByte() : value];
            int token = 0;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    int cases = il.ReadInt32();
                    il.Offset += 4 * cases;
                    break;
                default: // four bytes: a token, a long branch, an int32 or a float32
                    token = il.ReadInt32();
                    break;
            }
            instructions.Add((offset, code, token));
        }
        return instructions;
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
