using System.Numerics;

namespace DeepGpu.Formats.Pytorch;

/// <summary>A storage that a pickle mentions.</summary>
/// <param name="Key">The record's name.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Count">How many elements the pickle says it has: any number a file can hold.</param>
/// <param name="Offset">Where the mention is.</param>
internal sealed record StorageRequest(string Key, ElementType Element, BigInteger Count, long Offset);

/// <summary>What the allowed functions of a pickle mean.</summary>
internal static class PickleCalls
{
    /// <summary>A storage from its persistent id: ("storage", class, key, location, count[, view]).</summary>
    public static StoragePart Storage(object? id, Func<StorageRequest, PickledStorage>? storages, long offset)
    {
        if (id is PickleTuple { Items: ["module", ..] }) throw PickleGlobals.Forbidden("a module class", offset, isModule: true);
        if (storages is null
            || id is not PickleTuple { Items: ["storage", StorageClass { Element: var element }, var key, string, var count, ..] items })
            throw Malformed("a persistent id must be (\"storage\", class, key, location, count)", offset);
        var storage = storages(new(KeyText(key, offset), element, Integer(count, offset), offset));
        return items is [_, _, _, _, _, PickleTuple view, ..] ? Part(storage, view, offset) : new(storage, 0, storage.Count);
    }

    /// <summary>The value of a call.</summary>
    /// <exception cref="ModelFormatException">What is called is no allowed function, or its arguments do not fit.</exception>
    public static object? Call(object? function, object?[] arguments, long offset) => (function, arguments) switch
    {
        (PickleFunction.Dictionary, []) => new PickleDictionary(),
        (PickleFunction.Dictionary, [PickleDictionary items]) => items,
        (PickleFunction.Dictionary, [PickleList pairs]) => FromPairs(pairs.Items, offset),
        (PickleFunction.Dictionary, [PickleTuple pairs]) => FromPairs(pairs.Items, offset),
        (PickleFunction.Set, []) => new PickleList(),
        (PickleFunction.Set, [PickleList items]) => items,
        (PickleFunction.Size, [PickleTuple sizes]) => sizes,
        (PickleFunction.Device, [string name, ..]) => name,
        (PickleFunction.RebuildTensor, [StoragePart part, var start, PickleTuple size, PickleTuple stride]) =>
            Tensor(part, part.Storage.Element, start, size, stride, offset),
        (PickleFunction.RebuildTensorV2, [StoragePart part, var start, PickleTuple size, PickleTuple stride, bool, _, ..]) =>
            Tensor(part, part.Storage.Element, start, size, stride, offset),
        (PickleFunction.RebuildTensorV3, [StoragePart part, var start, PickleTuple size, PickleTuple stride, bool, _, ElementType type,
            ..]) => Tensor(part, type, start, size, stride, offset),
        (PickleFunction.RebuildParameter, [PickledTensor data, bool, _]) => data,
        (PickleFunction.RebuildParameterWithState, [PickledTensor data, bool, _, _]) => data,
        (PickleFunction, _) => throw Malformed("an allowed function is given arguments that do not fit", offset),
        _ => throw PickleGlobals.Forbidden($"a call of {Describe(function)}", offset),
    };

    private static PickleDictionary FromPairs(IEnumerable<object?> pairs, long offset)
    {
        var dictionary = new PickleDictionary();
        foreach (var pair in pairs)
        {
            var (key, value) = Pair(pair, offset);
            if (!PickleDictionary.IsKey(key) || !dictionary.TryAdd(key, value))
                throw Malformed("a dict's keys must differ and be texts, numbers or tuples", offset);
        }

        return dictionary;
    }

    private static (object? Key, object? Value) Pair(object? pair, long offset) => pair switch
    {
        PickleTuple { Items: [var first, var second] } => (first, second),
        PickleList { Items: [var first, var second] } => (first, second),
        _ => throw Malformed("a dict is made of pairs", offset),
    };

    private static PickledTensor Tensor(StoragePart part, ElementType type, object? start, PickleTuple size,
        PickleTuple stride, long offset)
    {
        if (type.Type is not { } known)
            throw PthFile.Refusals.Because("unsupported_dtype",
                "This library reads tensors of up to 64-bit integers and floats of 16 to 64 bits,",
                $"but a tensor has the unsupported dtype torch.{type.Name}.", offset: offset);
        return TensorView.Check(part, known, Integer(start, offset), Integers(size, offset), Integers(stride, offset), offset);
    }

    private static StoragePart Part(PickledStorage storage, PickleTuple view, long offset)
    {
        if (view.Items is not [_, var start, var count]) throw Malformed("a storage's view must be (key, offset, count)", offset);
        var (first, length) = (Integer(start, offset), Integer(count, offset));
        return first >= 0 && length >= 0 && first + length <= storage.Count
            ? new(storage, (long)first, (long)length)
            : throw PthFile.Refusals.Because("tensor_out_of_storage", $"A view must lie inside its storage of {storage.Count} elements,",
                $"but takes {length} from {first}.", storage.Key, offset);
    }

    private static string KeyText(object? key, long offset) => key switch
    {
        string text => text,
        long number => $"{number}",
        _ => throw Malformed("a storage's key must be a text", offset),
    };

    private static BigInteger[] Integers(PickleTuple tuple, long offset) => [.. tuple.Items.Select(item => Integer(item, offset))];

    private static BigInteger Integer(object? value, long offset) => value switch
    {
        long number => number,
        BigInteger number => number,
        _ => throw Malformed("a whole number is needed where another value is", offset),
    };

    private static string Describe(object? value) => value switch
    {
        null => "None",
        PickleDictionary => "a dict",
        PickledTensor => "a tensor",
        StorageClass or ElementType => "a torch type",
        _ => "a value",
    };

    private static ModelFormatException Malformed(string how, long offset)
        => PthFile.Refusals.Because("pickle_malformed", "A pickle must be well formed:", $"{how}.", offset: offset);
}
