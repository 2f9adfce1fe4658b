using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Pytorch;

/// <summary>Writes the pickle (protocol 2) of a checkpoint as torch.save does.</summary>
internal sealed class PickleWriter
{
    private readonly ByteWriter _bytes = new();

    /// <summary>The tensors in the order of their storages' keys: "0", "1", ...</summary>
    public List<TensorEntry> Tensors { get; } = [];

    public byte[] Write(CheckpointGroup root)
    {
        Op(PickleOpcode.Proto).UInt8(2);
        Group(root);
        Op(PickleOpcode.Stop);
        return _bytes.ToArray();
    }

    private ByteWriter Op(PickleOpcode opcode) => _bytes.UInt8((byte)opcode);

    private void Group(CheckpointGroup group)
    {
        if (group.IsList) Op(PickleOpcode.EmptyList);
        else EmptyDictionary();
        Op(PickleOpcode.Mark);
        foreach (var (name, value) in group.Children)
        {
            if (!group.IsList) Text(name);
            Value(value);
        }

        Op(group.IsList ? PickleOpcode.Appends : PickleOpcode.SetItems);
    }

    private void Value(CheckpointNode node)
    {
        switch (node)
        {
            case CheckpointGroup group: Group(group); break;
            case CheckpointTensor tensor: Tensor(tensor.Tensor); break;
            case CheckpointValue { Value: null }: Op(PickleOpcode.None); break;
            case CheckpointValue { Value: bool value }: Op(value ? PickleOpcode.NewTrue : PickleOpcode.NewFalse); break;
            case CheckpointValue { Value: long value }: Integer(value); break;
            case CheckpointValue { Value: BigInteger value }: Integer(value); break;
            case CheckpointValue { Value: double value }: Float(value); break;
            case CheckpointValue { Value: string value }: Text(value); break;
            default:
                throw Require.OutOfRange(nameof(PthWriter), "root",
                    "a tree of groups, tensors, null, bool, long, BigInteger, double and string", node);
        }
    }

    /// <summary>A call of the function that makes a tensor of a storage: (storage, offset, size, stride,
    /// requires_grad, hooks[, dtype]).</summary>
    private void Tensor(TensorEntry tensor)
    {
        var storage = ElementType.StorageOf(tensor.Type);
        Global("torch._utils", storage is null ? "_rebuild_tensor_v3" : "_rebuild_tensor_v2");
        Op(PickleOpcode.Mark);
        Storage(tensor, storage);
        Integer(0);
        Integers([.. tensor.Shape]);
        Integers(Strides(tensor));
        Op(PickleOpcode.NewFalse);
        EmptyDictionary();
        if (storage is null) Global("torch", ElementType.NameOf(tensor.Type));
        Op(PickleOpcode.Tuple);
        Op(PickleOpcode.Reduce);
    }

    private void Storage(TensorEntry tensor, string? storage)
    {
        Op(PickleOpcode.Mark);
        Text("storage");
        Global(storage is null ? "torch.storage" : "torch", storage ?? "UntypedStorage");
        Text(Tensors.Count.ToString(CultureInfo.InvariantCulture));
        Text("cpu");
        Integer(storage is null ? tensor.ByteLength : tensor.ByteLength / tensor.Type.ByteSize());
        Op(PickleOpcode.Tuple);
        Op(PickleOpcode.BinPersId);
        Tensors.Add(tensor);
    }

    private static long[] Strides(TensorEntry tensor)
    {
        var strides = new long[tensor.Shape.Length];
        var stride = 1L;
        for (var axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(tensor.Shape[axis], 1);
        }

        return strides;
    }

    private void EmptyDictionary()
    {
        Global("collections", "OrderedDict");
        Op(PickleOpcode.EmptyTuple);
        Op(PickleOpcode.Reduce);
    }

    private void Global(string module, string name) => Op(PickleOpcode.Global).Bytes(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Op(PickleOpcode.BinUnicode).UInt32(bytes.Length).Bytes(bytes);
    }

    private void Integers(long[] values)
    {
        Op(PickleOpcode.Mark);
        foreach (var value in values) Integer(value);
        Op(PickleOpcode.Tuple);
    }

    private void Integer(BigInteger value)
    {
        if (value >= int.MinValue && value <= int.MaxValue) Op(PickleOpcode.BinInt).UInt32((uint)(int)value);
        else Long(value.ToByteArray());
    }

    private void Long(byte[] bytes) => Op(PickleOpcode.Long1).UInt8(checked((byte)bytes.Length)).Bytes(bytes);

    private void Float(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        Op(PickleOpcode.BinFloat).Bytes(bytes);
    }
}
