using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>One IL instruction of a method body.</summary>
/// <param name="Offset">Its position in the body, in bytes.</param>
/// <param name="Code">Its operation.</param>
/// <param name="Token">Its metadata token, where the operand is one; otherwise the operand of four bytes, or 0.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, int Token)
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static List<Instruction> Read(MethodBodyBlock body)
    {
        List<Instruction> instructions = [];
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
            instructions.Add(new Instruction(offset, code, token));
        }
        return instructions;
    }
}
