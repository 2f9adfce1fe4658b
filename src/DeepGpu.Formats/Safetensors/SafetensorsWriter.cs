using System.Buffers.Binary;
using System.Text.Json;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats;

/// <summary>Writes .safetensors files: https://github.com/huggingface/safetensors#format.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes named arrays; the header is padded so that the data starts aligned.</summary>
    /// <param name="stream">Where to write; need not seek.</param>
    /// <param name="tensors">The arrays by name, written in this order.</param>
    /// <param name="metadata">Texts to add, or null.</param>
    /// <exception cref="DeepGpuArgumentException">A name appears twice, or has a control or formatting character.</exception>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, NDArray>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TensorNames.Check(tensors, nameof(SafetensorsWriter));
        var header = Header(tensors, metadata);
        var padding = (Alignment - header.Length % Alignment) % Alignment;
        Span<byte> length = stackalloc byte[SafetensorsFile.LengthField];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        stream.Write(length);
        stream.Write(header);
        for (var i = 0; i < padding; i++) stream.WriteByte((byte)' ');
        foreach (var (_, tensor) in tensors) stream.Write(tensor.Bytes.Span);
    }

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, NDArray>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);
        var position = 0L;
        foreach (var (name, tensor) in tensors) position = WriteEntry(json, name, tensor, position);
        json.WriteEndObject();
        json.Flush();
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, text) in metadata) json.WriteString(key, text);
        json.WriteEndObject();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, NDArray tensor, long position)
    {
        var end = position + tensor.Bytes.Length;
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var length in tensor.Shape) json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(position);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
