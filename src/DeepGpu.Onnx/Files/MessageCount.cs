using DeepGpu.Onnx.Schema;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace DeepGpu.Onnx.Files;

/// <summary>Counts the messages and texts of a model before they are made: an empty message takes two bytes of a file and two hundred of
/// memory.</summary>
internal sealed class MessageCount
{
    /// <summary>The most messages and texts a file may hold: a network of 100,000 nodes has about a million.</summary>
    public const int Most = 3_000_000;

    /// <summary>The deepest nesting of messages: a graph in a node of a graph is three levels deeper.</summary>
    public const int Deepest = 48;

    private readonly byte[] _bytes;
    private int _count;

    private MessageCount(byte[] bytes) => _bytes = bytes;

    /// <summary>Refuses a model of too many or too deep messages.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="ModelFormatException">It has.</exception>
    /// <exception cref="InvalidProtocolBufferException">A message ends before its end.</exception>
    public static void Check(byte[] bytes) => new MessageCount(bytes).Visit(ModelProto.Descriptor, 0, bytes.Length, depth: 0);

    private void Visit(MessageDescriptor message, int start, int end, int depth)
    {
        if (depth > Deepest)
            throw OnnxFault.Because("onnx_too_deep", $"An ONNX file may nest messages {Deepest} levels deep,", "but nests deeper.");
        var input = new CodedInputStream(_bytes, start, end - start);
        while (!input.IsAtEnd)
        {
            var tag = input.ReadTag();
            if (tag == 0 || Counted(message, tag) is not { } field)
            {
                input.SkipLastField();
                continue;
            }

            Count();
            var length = input.ReadLength();
            var from = (int)input.Position;
            if (length < 0 || length > end - from) throw Short();
            if (field.FieldType == FieldType.Message) Visit(field.MessageType, from, from + length, depth + 1);
            input = new(_bytes, from + length, end - from - length);
        }
    }

    /// <summary>The field of a tag, if it is a message or a repeated text.</summary>
    private static FieldDescriptor? Counted(MessageDescriptor message, uint tag)
        => WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited
            && message.FindFieldByNumber(WireFormat.GetTagFieldNumber(tag)) is { } field
            && (field.FieldType == FieldType.Message || (field.IsRepeated && field.FieldType is FieldType.String or FieldType.Bytes))
                ? field : null;

    private void Count()
    {
        if (++_count > Most)
            throw OnnxFault.Because("onnx_too_many", $"An ONNX file may hold {Most:N0} messages and texts,", "but holds more.");
    }

    private static ModelFormatException Short()
        => OnnxFault.Because("onnx_damaged", "Every message must end inside the one that holds it,", "but one is longer.");
}
