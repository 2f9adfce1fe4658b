using System.Text.Json.Nodes;
using DeepGpu.Models.Tests.Builders;
using DeepGpu.Models.Tests.Layers;

namespace DeepGpu.Models.Tests.Json;

/// <summary>Every place of a description, damaged in every way: it is refused or it still means a model.</summary>
public class DamageTests
{
    private static readonly string[] Damages = ["null", "true", "\"x\"", "-1", "1e300", "4294967296", "[]", "[[null]]", "{}"];

    public static TheoryData<string> Graphs => [.. GraphSamples.All.Keys];

    public static TheoryData<int, string> Layers
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var i = 0; i < LayerCases.All.Count; i++) data.Add(i, LayerCases.All[i].Layer.ClassName);
            return data;
        }
    }

    [Theory, MemberData(nameof(Graphs))]
    public void A_damaged_graph_is_refused_or_read(string name) => CheckPlaces(GraphSamples.All[name], _ => true);

    [Theory, MemberData(nameof(Layers))]
    public void A_layer_with_a_damaged_option_is_refused_or_read(int index, string name)
    {
        var layerCase = LayerCases.All[index];
        if (layerCase.Layer is InputLayer) return;
        List<SymbolicTensor> inputs = [.. layerCase.Inputs.Select(shape => Functional.Input(new InputLayer(shape)))];
        CheckPlaces(Functional.Model(inputs, inputs[0].ApplyAll(layerCase.Layer, inputs.Skip(1)), name),
            path => path is ["config", "layers", int layer, "config", _, ..] && layer == inputs.Count);
    }

    private static void CheckPlaces(ModelSpec spec, Func<IReadOnlyList<object>, bool> isTried)
    {
        var whole = JsonNode.Parse(spec.ToJson())!;
        foreach (var path in Paths(whole, []).Where(isTried))
        {
            foreach (var damage in Damages) ReadOrRefuse(Damaged(whole, path, damage), string.Join('/', path));
        }
    }

    private static void ReadOrRefuse(string json, string where)
    {
        try
        {
            ModelSpec.FromJson(json).ToJson().Should().NotBeEmpty();
        }
        catch (ModelFormatException refusal)
        {
            refusal.Fault.Code.Should().NotBeEmpty(where);
        }
    }

    private static string Damaged(JsonNode whole, IReadOnlyList<object> path, string damage)
    {
        var copy = whole.DeepClone();
        var parent = path.SkipLast(1).Aggregate(copy, (node, step) => step is int i ? node[i]! : node[(string)step]!);
        if (path[^1] is int index) parent[index] = JsonNode.Parse(damage);
        else parent[(string)path[^1]] = JsonNode.Parse(damage);
        return copy.ToJsonString();
    }

    private static IEnumerable<IReadOnlyList<object>> Paths(JsonNode? node, IReadOnlyList<object> path) => node switch
    {
        JsonObject map => map.SelectMany(pair => Paths(pair.Value, [.. path, pair.Key]).Prepend([.. path, pair.Key])),
        JsonArray list => list.SelectMany((item, i) => Paths(item, [.. path, i]).Prepend([.. path, i])),
        _ => [],
    };
}
