using System.Text.Json;
using DeepGpu.Hardware.Catalog;
using DeepGpu.Models;

namespace DeepGpu.Cli.Commands;

/// <summary>The kind of files that hold a network as ONNX.</summary>
internal static class InspectOnnx
{
    /// <summary>A graph: its inputs, its operators with how often they are used, its weights and what stands in the way of running it.
    /// </summary>
    public static Inspection Read(string path)
    {
        var spec = ModelSpec.FromOnnx(path);
        var types = spec.Nodes.Where(node => node.Layer is not InputLayer).CountBy(node => node.Type)
            .OrderBy(type => type.Key, StringComparer.Ordinal).ToList();
        return new(() => string.Join(Environment.NewLine,
        [
            $"onnx, {spec}",
            .. types.Select(type => $"{type.Value,6} {PrintableText.Of(type.Key)}"),
            .. spec.Obstacles.Select(obstacle => $"not run: {PrintableText.Of(obstacle)}"),
        ]), () => JsonText.Object(json =>
        {
            json.WriteString("format", "onnx");
            json.WriteString("model", spec.ToString());
            json.WriteNumber("parameters", spec.ParameterCount);
            json.WriteStartObject("operators");
            foreach (var (type, count) in types) json.WriteNumber(type, count);
            json.WriteEndObject();
            json.Texts("obstacles", spec.Obstacles);
            json.Objects("tensors", spec.Layers.SelectMany(node => node.Weights.Select(weight => (node, weight))),
                tensor => Write(json, $"{tensor.node.Name}/{tensor.weight.Name}", tensor.weight.Shape));
        }));
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<int> shape)
    {
        json.WriteString("name", name);
        json.WriteStartArray("shape");
        foreach (var length in shape) json.WriteNumberValue(length);
        json.WriteEndArray();
    }
}
