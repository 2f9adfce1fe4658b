using System.Numerics;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Pytorch;

/// <summary>What a pickle may call or name. Nothing in a file reaches a .NET type: these are marks,
/// each handled where it is allowed.</summary>
internal enum PickleFunction
{
    Dictionary,
    Namespace,
    Set,
    Size,
    Device,
    RebuildTensor,
    RebuildTensorV2,
    RebuildTensorV3,
    RebuildParameter,
    RebuildParameterWithState,
}

/// <summary>A storage class: torch.FloatStorage and its like.</summary>
internal sealed record StorageClass(ElementType Element);

/// <summary>A list or set.</summary>
internal sealed class PickleList
{
    private List<object?>? _items;

    public IReadOnlyList<object?> Items => _items ?? (IReadOnlyList<object?>)[];

    public void Add(object?[] items) => (_items ??= []).AddRange(items);
}

/// <summary>A tuple: fixed once made.</summary>
internal sealed class PickleTuple(object?[] items)
{
    public static readonly PickleTuple Empty = new([]);

    public object?[] Items { get; } = items;
}

/// <summary>A dict, OrderedDict or Counter. A key may appear once, and is a text, a number, true, false, None or a tuple.</summary>
internal sealed class PickleDictionary
{
    private static readonly object NoneKey = new();
    private HashSet<object>? _keys;
    private List<KeyValuePair<object?, object?>>? _items;

    /// <summary>Whether it stands for an object that only holds values by name, argparse's Namespace: its attributes are its
    /// items.</summary>
    public bool IsNamespace { get; init; }

    public IReadOnlyList<KeyValuePair<object?, object?>> Items => _items ?? (IReadOnlyList<KeyValuePair<object?, object?>>)[];

    /// <summary>Whether a value may be a key.</summary>
    public static bool IsKey(object? key) => key is null or string or long or BigInteger or double or bool or PickleTuple;

    public bool TryAdd(object? key, object? value)
    {
        if (!(_keys ??= []).Add(key ?? NoneKey)) return false;
        (_items ??= []).Add(new(key, value));
        return true;
    }
}

/// <summary>Elements of one type that tensors are views of.</summary>
/// <param name="Key">The record's name.</param>
/// <param name="Element">The elements' type.</param>
/// <param name="Count">How many elements the record holds.</param>
internal sealed record PickledStorage(string Key, ElementType Element, long Count)
{
    /// <summary>Where the storage's record is, once known.</summary>
    public ByteSource? Bytes { get; set; }
}

/// <summary>A storage, or the part of one that very old files call a storage of its own.</summary>
internal sealed record StoragePart(PickledStorage Storage, long Offset, long Count);

/// <summary>A view of a storage. Its places were checked.</summary>
internal sealed record PickledTensor(StoragePart Part, DataType Type, long Offset, long[] Shape, long[] Strides);
