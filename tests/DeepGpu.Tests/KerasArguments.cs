using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Testing;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Arguments of recorded calls of Keras as this library's objects.</summary>
internal static class KerasArguments
{
    /// <summary>An array, a nested list, a number or nothing as a tensor; numbers with a fraction in single precision.</summary>
    public static torch.Tensor? Tensor(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object => Tensors.From(OracleCase.Array(element), torch.CPU),
        _ => Tensors.From(Nested(element), torch.CPU),
    };

    /// <summary>The object that Keras would write around the keywords of a constructor.</summary>
    public static JsonObject Config(OracleCase c)
        => new() { ["class_name"] = c.Name, ["config"] = JsonNode.Parse(c.Entry.GetProperty("config").GetRawText()) };

    private static NDArray Nested(JsonElement element)
    {
        var shape = new List<int>();
        for (var e = element; e.ValueKind == JsonValueKind.Array; e = e[0]) shape.Add(e.GetArrayLength());
        var numbers = OracleCase.Numbers(element);
        return numbers.All(double.IsInteger)
            ? NDArray.From<long>([.. numbers.Select(n => (long)n)], [.. shape])
            : NDArray.From<float>([.. numbers.Select(n => (float)n)], [.. shape]);
    }
}
