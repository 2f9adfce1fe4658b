using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepGpu.Formats;

/// <summary>Reads TensorFlow.js layers models: model.json with the topology and a manifest, and the shards beside it.</summary>
/// <remarks>https://github.com/tensorflow/tfjs/tree/master/tfjs-converter.
/// Weights that were quantized when converting are refused: their values are gone.</remarks>
public sealed class TfjsFile : TensorFile
{
    internal static readonly FileFormat Declaration = new("tfjs", ".json")
    {
        IsOfKeras = true,
        WithoutModel = new(
            "not_a_model",
            "A model of TensorFlow.js can be run where its topology is a description of Keras layers,",
            "but this file holds weights alone or a graph of TensorFlow operations.",
            "Convert the Keras model with tensorflowjs_converter --input_format keras, or describe the model and call LoadWeights."),
    };

    private const int MaxLength = 64 << 20;

    private static readonly Refusals Refusals = new("Convert the model again with tensorflowjs_converter, without quantization.");

    private TfjsFile(string path, string? topology, IReadOnlyList<StoredTensor> tensors, IReadOnlyList<IDisposable> owned)
        : base(Declaration, tensors, path, owned) => Topology = topology;

    /// <summary>The model's architecture as JSON; null if the file holds only weights.</summary>
    public string? Topology { get; }

    /// <summary>Opens model.json and every shard it names; their lengths must be those of the weights.</summary>
    /// <exception cref="ModelFormatException">A file breaks a rule, or a shard's name leads out of the folder.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static TfjsFile Open(string path) => ByteSource.Open(path, Open);

    internal static TfjsFile Open(ByteSource source)
    {
        using var document = Parse(source);
        var path = source.Path!;
        var owned = new List<ByteSource>();
        try
        {
            var root = document.RootElement;
            var tensors = Property(root, "weightsManifest", JsonValueKind.Array)
                .EnumerateArray().SelectMany(group => Group(path, group, owned)).ToList();
            if (tensors.GroupBy(tensor => tensor.Entry.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw Refusals.Because("duplicate_name", "A weight may appear once,", "but appears again.", twice.Key);
            return new(path, root.TryGetProperty("modelTopology", out var topology) ? topology.GetRawText() : null, tensors, [source, .. owned]);
        }
        catch
        {
            owned.ForEach(source => source.Dispose());
            throw;
        }
    }

    /// <summary>The description of Keras in the manifest of a layers model; null for weights alone and for a graph of operations.</summary>
    internal static StoredDescription? Describe(TensorFile opened)
    {
        if (JsonNode.Parse((opened as TfjsFile)?.Topology ?? "null") is not JsonObject topology) return null;
        var description = topology["model_config"] as JsonObject ?? topology;
        return description.ContainsKey("class_name")
            ? new(description.ToJsonString())
            {
                TrainingConfig = topology["training_config"]?.ToJsonString(),
                KerasVersion = topology["keras_version"] is JsonValue version && version.TryGetValue<string>(out var text) ? text : null,
            }
            : null;
    }

    private static JsonDocument Parse(ByteSource source)
    {
        if (source.Length is 0 or > MaxLength)
            throw Refusals.Because(source.Length == 0 ? "empty_file" : "header_too_large", $"A model.json has 1 to {MaxLength} bytes,",
                $"but this one has {source.Length}.");
        return StrictJson.Parse(source.ReadBytes(0, (int)source.Length), KerasJson.MaxDepth);
    }

    private static List<StoredTensor> Group(string path, JsonElement group, List<ByteSource> owned)
    {
        var names = Property(group, "paths", JsonValueKind.Array).EnumerateArray().Select(name => Text(name, "paths")).ToList();
        var first = owned.Count;
        foreach (var name in names) owned.Add(ByteSource.Open(SiblingFiles.Find(path, name, Refusals), shard => shard));
        var source = new ConcatenatedSource(owned[first..]);
        var (tensors, position) = (new List<StoredTensor>(), 0L);
        foreach (var weight in Property(group, "weights", JsonValueKind.Array).EnumerateArray())
        {
            var entry = Entry(weight);
            tensors.Add(new(entry, new PlainBytes(source, position)));
            position += entry.ByteLength;
            if (position > source.Length) break;
        }

        return position == source.Length
            ? tensors
            : throw Refusals.Because("size_mismatch",
                $"The weights of {string.Join(", ", names.Select(StrictJson.Printable))} must fill the {source.Length} bytes,",
                $"but need {(position > source.Length ? "more" : position)}.");
    }

    private static TensorEntry Entry(JsonElement weight)
    {
        var name = Text(Property(weight, "name", JsonValueKind.String), "name");
        if (weight.TryGetProperty("quantization", out _))
            throw Refusals.Because("unsupported_dtype", "Weights must be stored in full,", "but this one is quantized.", name);
        var type = Text(Property(weight, "dtype", JsonValueKind.String), "dtype") switch
        {
            "float32" => DataType.Float32,
            "int32" => DataType.Int32,
            "bool" => DataType.Bool,
            var other => throw Refusals.Because("unsupported_dtype", "Weights must be float32, int32 or bool,",
                $"but this one is {StrictJson.Printable(other)}.", name),
        };
        long[] shape = [.. Property(weight, "shape", JsonValueKind.Array).EnumerateArray().Select(length =>
            length.ValueKind == JsonValueKind.Number && length.TryGetInt64(out var value) ? value : throw Wrong("shape"))];
        TensorSize.Bytes(shape, type.ByteSize(), name, Refusals);
        return new(name, type, [.. shape]);
    }

    private static JsonElement Property(JsonElement parent, string name, JsonValueKind kind)
        => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
            ? value.ValueKind == kind ? value : throw Wrong(name)
            : throw Refusals.Because("missing_field", $"A tfjs manifest needs '{name}',", "but has none.");

    private static string Text(JsonElement value, string name)
        => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name);

    private static ModelFormatException Wrong(string name)
        => Refusals.Because("wrong_field_type", $"'{name}' of a tfjs manifest must have its documented type,", "but has another.");
}
