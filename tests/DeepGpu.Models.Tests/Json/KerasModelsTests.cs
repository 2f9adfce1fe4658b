using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Testing;

namespace DeepGpu.Models.Tests.Json;

/// <summary>Models that Keras 3 saved, read and written again.</summary>
public class KerasModelsTests
{
    /// <summary>Keys that Keras writes and we do not, because they decide nothing here.</summary>
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "build_config", "build_input_shape", // shapes that follow from the input's
        "compile_config", // training has its own description
        "shared_object_id", // which objects were one in Python's memory
        "seed", "unroll", "synchronized", // how random numbers, loops and replicas are run
        "sparse", "ragged", "optional", // kinds of input that are not false here
        "input_axes", "output_axes", "quantization_config", "rms_scaling", // new options, all at their defaults
    };

    public static TheoryData<string> Files
    {
        get
        {
            if (ReferenceData.Root is not { } root) return ["none"];
            return [.. new[] { "keras_models", "keras_files" }
                .SelectMany(folder => Directory.GetFiles(Path.Combine(root, "oracles", folder), "*.keras"))
                .Select(path => Path.GetRelativePath(root, path)).Order(StringComparer.Ordinal)];
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void A_model_is_written_as_Keras_wrote_it(string file)
    {
        var keras = KerasArchive.Config(ReferenceData.Path(file));
        var ours = ModelSpec.FromJson(keras).ToJson();
        Differences(JsonNode.Parse(keras), JsonNode.Parse(ours)).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Files))]
    public void A_model_has_the_layers_and_parameters_Keras_counts(string file)
    {
        var path = ReferenceData.Path(file);
        var spec = ModelSpec.FromJson(KerasArchive.Config(path));
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, "expected.json")));
        var model = expected.RootElement.GetProperty(Path.GetFileNameWithoutExtension(path));
        if (model.TryGetProperty("parameters", out var parameters)) spec.ParameterCount.Should().Be(parameters.GetInt64());
        else
            spec.Layers.SelectMany(layer => layer.Weights).Sum(weight => weight.Count)
                .Should().Be(model.GetProperty("weights").EnumerateArray().Sum(weight => weight.GetProperty("data").GetArrayLength()));
        if (model.TryGetProperty("layers", out var layers))
            spec.Layers.Where(layer => layer.Layer is not (NotEqual or Any)).Select(layer => layer.Layer.ClassName)
                .Should().Equal(layers.EnumerateArray().Select(layer => layer.GetString()));
    }

    /// <summary>Where two descriptions differ; numbers are compared by value, one axis in a list as that axis.</summary>
    private static IEnumerable<string> Differences(JsonNode? keras, JsonNode? ours, string path = "") => (keras, ours) switch
    {
        (JsonObject a, JsonObject b) => a.Select(p => p.Key).Union(b.Select(p => p.Key)).Where(key => !LeftOut.Contains(key))
            .SelectMany(key => Member(a, b, key, path)),
        (JsonArray { Count: 1 } a, JsonValue b) => Differences(a[0], b, path),
        (JsonArray a, JsonArray b) when a.Count == b.Count =>
            a.Zip(b).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{path}[{i}]")),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number
            && a.Deserialize<double>() == b.Deserialize<double>() => [],
        _ => JsonNode.DeepEquals(keras, ours) ? [] : [$"{path}: {keras?.ToJsonString() ?? "null"} became {ours?.ToJsonString() ?? "null"}"],
    };

    /// <summary>A key that one of them leaves out counts as null.</summary>
    private static IEnumerable<string> Member(JsonObject keras, JsonObject ours, string key, string path) => key == "dtype"
        ? Differences(TypeName(keras[key]), TypeName(ours[key]), $"{path}.{key}")
        : Differences(keras[key], ours[key], $"{path}.{key}");

    /// <summary>Keras writes the type as a name, as a policy around one, or not at all.</summary>
    private static string TypeName(JsonNode? type)
        => type is JsonObject policy ? (string)policy["config"]!["name"]! : (string?)type ?? "float32";
}
