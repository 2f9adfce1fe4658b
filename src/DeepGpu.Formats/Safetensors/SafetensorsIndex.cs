using System.Text.Json;
using DeepGpu.Formats.Bytes;
using DeepGpu.Formats.Tensors;

namespace DeepGpu.Formats;

/// <summary>Reads an index (model.safetensors.index.json, pytorch_model.bin.index.json) that says which sibling file holds each tensor, a
/// safetensors or a PyTorch file; writes sharded safetensors.</summary>
/// <remarks>https://huggingface.co/docs/huggingface_hub/package_reference/serialization. Shards are read beside the index only;
/// nothing is fetched.</remarks>
public sealed class SafetensorsIndex : TensorFile
{
    internal static readonly FileFormat Declaration = new("safetensors-index", ".safetensors.index.json", ".bin.index.json")
    {
        IsSorted = true,
    };

    internal const string WeightMap = "weight_map";

    private const int MaxDepth = 8;
    private const int MaxLength = 64 << 20;

    private SafetensorsIndex(string path, IReadOnlyList<StoredTensor> tensors, IReadOnlyList<IDisposable> owned)
        : base(Declaration, tensors, path, owned)
    {
    }

    /// <summary>Opens an index and every shard it names.</summary>
    /// <exception cref="ModelFormatException">The index or a shard breaks a rule, or a shard's name leads out of the folder.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static SafetensorsIndex Open(string path) => ByteSource.Open(path, Open);

    internal static SafetensorsIndex Open(ByteSource source)
    {
        var (path, map) = (source.Path!, Map(source));
        var files = new Dictionary<string, TensorFile>(StringComparer.Ordinal);
        try
        {
            foreach (var shard in map.Values.Distinct(StringComparer.Ordinal))
                files.Add(shard, ByteSource.Open(SiblingFiles.Find(path, shard, SafetensorsFile.Refusals), OpenShard));
            return new(path, [.. map.Select(pair => Tensor(files[pair.Value], pair.Key))], [source, .. files.Values]);
        }
        catch
        {
            foreach (var file in files.Values) file.Dispose();
            throw;
        }
    }

    /// <summary>Writes shards of at most a number of bytes each and their index, named as Hugging Face names them.</summary>
    /// <param name="folder">Where to write; made if need be.</param>
    /// <param name="tensors">The arrays by name. One that is larger than the limit gets a shard of its own.</param>
    /// <param name="maxShardBytes">The most bytes of tensors in a shard.</param>
    /// <returns>The path of the index.</returns>
    /// <exception cref="DeepGpuArgumentException">A name appears twice, or has a control or formatting character.</exception>
    public static string Write(string folder, IReadOnlyList<KeyValuePair<string, NDArray>> tensors, long maxShardBytes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        TensorNames.Check(tensors, nameof(SafetensorsIndex));
        var shards = Divide(tensors, maxShardBytes);
        var names = shards.Select((_, i) => FormattableString.Invariant($"model-{i + 1:d5}-of-{shards.Count:d5}.safetensors")).ToList();
        foreach (var (name, shard) in names.Zip(shards))
            AtomicFile.Write(System.IO.Path.Combine(folder, name),
                stream => SafetensorsWriter.Write(stream, shard, new Dictionary<string, string> { ["format"] = "pt" }));
        var index = System.IO.Path.Combine(folder, "model.safetensors.index.json");
        AtomicFile.Write(index, stream => WriteIndex(stream, shards, names));
        return index;
    }

    private static TensorFile OpenShard(ByteSource source)
        => FileStart.Of(source) is FileStart.Kind.Zip or FileStart.Kind.Pickle ? PthFile.Open(source) : SafetensorsFile.Open(source);

    private static Dictionary<string, string> Map(ByteSource source)
    {
        if (source.Length == 0) throw FileStart.Unexpected(source, FileStart.Kind.Empty, "a safetensors index", SafetensorsFile.Refusals);
        if (source.Length > MaxLength)
            throw SafetensorsFile.Refusals.Because("header_too_large", $"An index has at most {MaxLength} bytes,",
                $"but this one has {source.Length}.");
        using var document = StrictJson.Parse(source.ReadBytes(0, (int)source.Length), MaxDepth, "index_");
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(WeightMap, out var map)
            || map.ValueKind != JsonValueKind.Object)
            throw SafetensorsFile.Refusals.Because("missing_field", $"An index must be an object with '{WeightMap}',", "but is not.");
        return map.EnumerateObject().ToDictionary(pair => pair.Name, pair => Shard(pair, source.Path!), StringComparer.Ordinal);
    }

    private static string Shard(JsonProperty pair, string index)
    {
        if (pair.Value.ValueKind != JsonValueKind.String)
            throw SafetensorsFile.Refusals.Because("wrong_field_type", "A tensor's shard must be a file name,",
                $"but is a {pair.Value.ValueKind}.", pair.Name);
        var name = pair.Value.GetString()!;
        if (name == System.IO.Path.GetFileName(index) || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            throw SafetensorsFile.Refusals.Because("shard_is_index", "A shard must be a safetensors or PyTorch file,",
                $"but is the index '{StrictJson.Printable(name)}'.", pair.Name);
        return name;
    }

    private static StoredTensor Tensor(TensorFile shard, string name) => shard.Find(name) is not null
        ? shard.Stored(name)
        : throw SafetensorsFile.Refusals.Because("missing_tensor", "A shard must hold the tensors that the index says it has,",
            $"but '{StrictJson.Printable(System.IO.Path.GetFileName(shard.Path!))}' does not.", name);

    private static List<List<KeyValuePair<string, NDArray>>> Divide(IReadOnlyList<KeyValuePair<string, NDArray>> tensors, long limit)
    {
        var shards = new List<List<KeyValuePair<string, NDArray>>> { new() };
        var used = 0L;
        foreach (var tensor in tensors)
        {
            if (shards[^1].Count > 0 && used + tensor.Value.Bytes.Length > limit)
            {
                shards.Add([]);
                used = 0;
            }

            shards[^1].Add(tensor);
            used += tensor.Value.Bytes.Length;
        }

        return shards;
    }

    private static void WriteIndex(Stream stream, List<List<KeyValuePair<string, NDArray>>> shards, List<string> names)
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", shards.SelectMany(shard => shard).Sum(tensor => (long)tensor.Value.Bytes.Length));
        json.WriteEndObject();
        json.WriteStartObject(WeightMap);
        foreach (var (shard, file) in shards.Zip(names)) shard.ForEach(tensor => json.WriteString(tensor.Key, file));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
