using System.Collections.Immutable;
using System.Text.Json;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats.Safetensors;

/// <summary>Checks a safetensors header: https://github.com/huggingface/safetensors#format. Ranges must tile the data exactly.</summary>
internal static class SafetensorsHeader
{
    private const int MaxDepth = 8;

    /// <summary>A tensor and the bytes it takes, counted from the end of the header.</summary>
    public readonly record struct Placed(TensorEntry Tensor, long Begin, long End);

    public static (IReadOnlyList<Placed> Tensors, IReadOnlyDictionary<string, string> Metadata) Parse(ReadOnlyMemory<byte> header,
        long dataLength)
    {
        using var document = StrictJson.Parse(header, MaxDepth, "header_", baseOffset: SafetensorsFile.LengthField);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw Refuse("header_not_object", "A safetensors header must be a JSON object,", $"but is a {root.ValueKind}.");
        var metadata = root.TryGetProperty("__metadata__", out var texts) ? Metadata(texts) : [];
        var tensors = root.EnumerateObject().Where(p => p.Name != "__metadata__").Select(p => Entry(p.Name, p.Value))
            .OrderBy(t => t.Begin).ThenBy(t => t.End).ToList();
        CheckTiling(tensors, dataLength);
        return (tensors, metadata);
    }

    private static Dictionary<string, string> Metadata(JsonElement texts)
    {
        if (texts.ValueKind != JsonValueKind.Object)
            throw Refuse("wrong_field_type", "__metadata__ must be an object of texts,", $"but is a {texts.ValueKind}.", "__metadata__");
        return texts.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String
            ? p.Value.GetString()!
            : throw Refuse("wrong_field_type", "__metadata__ may hold only texts,",
                $"but '{StrictJson.Printable(p.Name)}' is a {p.Value.ValueKind}.", "__metadata__"));
    }

    private static Placed Entry(string name, JsonElement fields)
    {
        if (fields.ValueKind != JsonValueKind.Object)
            throw Refuse("wrong_field_type", "A tensor's entry must be an object,", $"but is a {fields.ValueKind}.", name);
        foreach (var field in fields.EnumerateObject())
        {
            if (field.Name is not ("dtype" or "shape" or "data_offsets"))
                throw Refuse("unknown_field", "A tensor's entry holds dtype, shape and data_offsets,",
                    $"but also '{StrictJson.Printable(field.Name)}'.", name);
        }

        var dtype = Field(fields, "dtype", JsonValueKind.String, name).GetString()!;
        var shape = Field(fields, "shape", JsonValueKind.Array, name).EnumerateArray().Select(d => Dimension(d, name)).ToImmutableArray();
        var offsets = Field(fields, "data_offsets", JsonValueKind.Array, name).EnumerateArray().Select(o => Offset(o, name)).ToList();
        if (offsets.Count != 2)
            throw Refuse("wrong_field_type", "data_offsets must hold a begin and an end,", $"but holds {offsets.Count} values.", name);
        return Place(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static Placed Place(string name, string dtype, ImmutableArray<long> shape, long begin, long end)
    {
        if (end < begin) throw Refuse("offset_order", "A tensor's end may not lie before its begin,", $"but {end} < {begin}.", name);
        if (!SafetensorsTypes.TryParse(dtype, out var type)) throw Untyped(name, dtype, shape);
        var bytes = Multiply(shape, type.ByteSize(), name);
        if (bytes != end - begin)
            throw Refuse("size_mismatch", $"Shape ({string.Join(", ", shape)}) of {dtype} needs {bytes} bytes,",
                $"but data_offsets give {end - begin}.", name);
        return new(new(name, type, shape), begin, end);
    }

    private static ModelFormatException Untyped(string name, string dtype, ImmutableArray<long> shape)
    {
        if (!SafetensorsTypes.TryParseUnsupported(dtype, out var bits))
            return Refuse("unknown_dtype", "dtype must be one of the format's types,", $"but is '{StrictJson.Printable(dtype)}'.", name);
        if (Multiply(shape, bits, name) % 8 != 0)
            return Refuse("sub_byte_misaligned", $"{dtype} values must fill whole bytes,",
                $"but shape ({string.Join(", ", shape)}) does not.", name);
        return Refuse("unsupported_dtype", "This library reads tensors of up to 64-bit integers and floats of 8 (E4M3, E5M2) to 64 bits,",
            $"but the dtype is the unsupported dtype {dtype}.", name);
    }

    private static long Multiply(ImmutableArray<long> shape, long unit, string name)
        => TensorSize.TryMultiply(shape.AsSpan(), unit, out var product)
            ? product
            : throw Refuse("size_overflow", "A tensor's size must fit 63 bits,",
                $"but shape ({TensorSize.Text(shape.AsSpan())}) does not.", name);

    private static void CheckTiling(List<Placed> tensors, long dataLength)
    {
        var position = 0L;
        foreach (var (tensor, begin, end) in tensors)
        {
            if (begin > position)
                throw Refuse("hole", "Tensors must follow each other without a gap,",
                    $"but bytes {position} to {begin} belong to none.", tensor.Name);
            if (begin < position)
                throw Refuse("overlap", "Tensors may not share bytes,",
                    $"but this one starts at {begin}, inside the one before.", tensor.Name);
            if (end > dataLength)
                throw Refuse("offset_past_end", $"Tensors must lie inside the {dataLength} bytes of data,",
                    $"but this one ends at {end}.", tensor.Name);
            position = end;
        }

        if (position != dataLength)
            throw Refuse("trailing_bytes", "Tensors must fill the file to its end,",
                $"but {dataLength - position} bytes follow the last one.");
    }

    private static JsonElement Field(JsonElement fields, string key, JsonValueKind kind, string name)
    {
        if (!fields.TryGetProperty(key, out var value))
            throw Refuse("missing_field", "A tensor's entry needs dtype, shape and data_offsets,", $"but has no {key}.", name);
        return value.ValueKind == kind
            ? value
            : throw Refuse("wrong_field_type", $"{key} must be a {kind},", $"but is a {value.ValueKind}.", name);
    }

    private static long Dimension(JsonElement value, string name)
    {
        var length = Integer(value, "shape", "negative_dimension", name);
        return length <= TensorSize.MaxAxis
            ? length
            : throw Refuse("size_overflow", "An axis here has at most 2^31 - 1 positions,", $"but one has {length}.", name);
    }

    private static long Offset(JsonElement value, string name) => Integer(value, "data_offsets", "offset_negative", name);

    private static long Integer(JsonElement value, string key, string negativeCode, string name)
    {
        if (value.ValueKind != JsonValueKind.Number)
            throw Refuse("wrong_field_type", $"{key} must hold whole numbers,", $"but holds a {value.ValueKind}.", name);
        if (value.TryGetInt64(out var number))
            return number >= 0 ? number : throw Refuse(negativeCode, $"{key} may not be negative,", $"but holds {number}.", name);
        var code = value.TryGetUInt64(out _) ? "size_overflow" : "wrong_field_type";
        throw Refuse(code, $"{key} must hold whole numbers of up to 63 bits,",
            $"but holds {StrictJson.Printable(value.GetRawText())}.", name);
    }

    internal static ModelFormatException Refuse(string code, string rule, string received, string? entry = null, long? offset = null)
        => SafetensorsFile.Refusals.Because(code, rule, received, entry, offset ?? SafetensorsFile.LengthField);
}
