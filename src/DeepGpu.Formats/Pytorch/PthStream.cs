using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using DeepGpu.Formats.Bytes;

namespace DeepGpu.Formats.Pytorch;

/// <summary>Reads the stream that torch.save wrote before 1.6: pickles of a magic number, a protocol, the system,
/// the value and the storages' keys, then each storage's count and bytes.</summary>
internal sealed class PthStream
{
    private const long Protocol = 1001;
    private const int CountLength = 8;
    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private readonly ByteSource _source;
    private readonly Dictionary<string, PickledStorage> _storages = new(StringComparer.Ordinal);
    private long _position;

    private PthStream(ByteSource source) => _source = source;

    public static PthContent Read(ByteSource source) => new PthStream(source).Read();

    private PthContent Read()
    {
        if (Next() is not BigInteger magic || magic != Magic)
            throw Refuse("bad_magic", "A PyTorch stream must start with torch's magic number,", "but starts with another value.", 0);
        var start = _position;
        if (Next() is not Protocol)
            throw Refuse("bad_protocol", $"A PyTorch stream must have protocol {Protocol},", "but has another.", start);
        start = _position;
        if (Next() is not PickleDictionary)
            throw Refuse("pickle_malformed", "A PyTorch stream must describe its system in a dict,", "but holds another value.", start);
        var root = Next(Find);
        ReadStorages(Keys());
        return _position == _source.Length
            ? new(root, IsBigEndian: false)
            : throw Refuse("trailing_bytes", "The storages must fill the file to its end,",
                $"but {_source.Length - _position} bytes follow.", _position);
    }

    private object? Next(Func<StorageRequest, PickledStorage>? storages = null)
    {
        (var value, _position) = PickleMachine.Run(_source, _position, storages);
        return value;
    }

    private List<string> Keys()
    {
        var start = _position;
        if (Next() is not PickleList { Items: var items } || items.Any(item => item is not string))
            throw Refuse("pickle_malformed", "A PyTorch stream must list its storages' keys,", "but holds another value.", start);
        var keys = items.Cast<string>().ToList();
        return keys.Count == _storages.Count && keys.ToHashSet(StringComparer.Ordinal).SetEquals(_storages.Keys)
            ? keys
            : throw Refuse("storage_missing", $"The keys must be those of the {_storages.Count} storages that tensors use,",
                $"but {keys.Count} are listed and not the same.", start);
    }

    /// <summary>The bytes come later in the file, so here only what cannot be true is refused.</summary>
    private PickledStorage Find(StorageRequest request)
    {
        if (_storages.TryGetValue(request.Key, out var known)) return PthRecords.Same(known, request);
        if (request.Count < 0 || request.Count * request.Element.ByteSize > _source.Length)
            throw Mismatch(request.Key, $"but {request.Count} elements of {request.Element.ByteSize} bytes do not fit.", request.Offset);
        return _storages[request.Key] = new(request.Key, request.Element, (long)request.Count);
    }

    private void ReadStorages(List<string> keys)
    {
        var field = new byte[CountLength];
        foreach (var storage in keys.Select(key => _storages[key]))
        {
            if (!_source.TryRead(_position, field)) throw Truncated(storage);
            var count = BinaryPrimitives.ReadInt64LittleEndian(field);
            if (count != storage.Count)
                throw Mismatch(storage.Key, $"but its tensors say {storage.Count} elements and the stream says {count}.", _position);
            Place(storage, _position + CountLength);
        }
    }

    private void Place(PickledStorage storage, long start)
    {
        var length = storage.Count * storage.Element.ByteSize;
        if (!_source.Holds(start, length)) throw Truncated(storage);
        storage.Bytes = _source.Slice(start, length);
        _position = start + length;
    }

    private ModelFormatException Truncated(PickledStorage storage)
        => PthFile.Refusals.Because("truncated", "The file must hold every storage whole,",
            $"but ends inside one of {storage.Count} elements.", storage.Key, _position);

    private static ModelFormatException Mismatch(string key, string received, long offset)
        => PthFile.Refusals.Because("storage_size_mismatch", "A storage must have one count that fits the file,", received, key, offset);

    private static ModelFormatException Refuse(string code, string rule, string received, long offset)
        => PthFile.Refusals.Because(code, rule, received, offset: offset);
}
