using System.Text.Json;
using System.Text.Json.Nodes;
using DeepGpu.Models;
using DeepGpu.Testing;
using DeepGpu.Tests.Layers;
using TorchSharp;

namespace DeepGpu.Tests.Oracles;

/// <summary>Keras's own numbers for layers.</summary>
public class LayerOracleTests
{
    private static readonly string[] Files = ["keras_cases.json", "keras_run_cases.json"];
    private static readonly string[] Areas = ["layer/activation_layer", "layer/attention", "layer/conv", "layer/core",
        "layer/normalization", "layer/pooling", "layer/reshaping", "layer/rnn"];

    public static IEnumerable<ITheoryDataRow> Rows => OracleCase.Rows(Cases);

    private static IEnumerable<OracleCase> Cases
        => Files.SelectMany(OracleCase.In).Where(c => c.Area is null || c.Area.StartsWith("layer/", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_layer_gives_Kerass_numbers(string id) => Check(OracleCase.Find(id), usesFusedKernels: true);

    [Fact]
    public void Recurrent_layers_give_Kerass_numbers_a_step_at_a_time_too()
    {
        ReferenceData.Path("oracles");
        var recurrent = Cases.Where(c => c.Name is "SimpleRNN" or "LSTM" or "GRU").ToList();
        recurrent.Should().NotBeEmpty();
        foreach (var c in recurrent) Check(c, usesFusedKernels: false);
    }

    [Fact]
    public void Every_area_has_a_case()
    {
        ReferenceData.Path("oracles");
        Cases.Select(c => c.Area).Where(area => area is not null).Distinct().Should().Contain(Areas);
    }

    private static void Check(OracleCase c, bool usesFusedKernels)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(1);
        var layer = Switched(LayerJson.Read(KerasForm(c)), c.Keywords);
        var calls = Calls(c, layer is UnaryLayer).ToList();
        using var run = new LayerRun(layer,
            [.. calls[0].Select(signal => new Shape(signal.Tensor.shape.Select((n, axis) => axis == 0 ? (int?)null : (int)n)))]);
        foreach (var sequence in run.Model.Graph.Sequences) sequence.UsesFusedKernels = usesFusedKernels;
        if (c.Entry.TryGetProperty("weights", out var weights)) run.Load([.. weights.EnumerateArray().Select(OracleCase.Array)]);
        var context = c.Keywords.TryGetValue("training", out var training) && training.GetBoolean()
            ? ForwardContext.Training(random)
            : ForwardContext.Inference;
        var outputs = calls.Select(inputs => run.Run(inputs, context)).ToList()[^1];
        c.Check(Tensors.ToArray(Chosen(outputs, c)));
        if (c.Entry.TryGetProperty("non_trainable_after", out var after)) CheckStatistics(c, run, [.. after.EnumerateArray()]);
    }

    /// <summary>The output the case means: one of several, or one sample of the only one.</summary>
    private static torch.Tensor Chosen(IReadOnlyList<Signal> outputs, OracleCase c)
    {
        if (!c.Entry.TryGetProperty("output_index", out var index)) return outputs[0].Tensor;
        return outputs.Count > 1 ? outputs[index.GetInt32()].Tensor : outputs[0].Tensor[index.GetInt32()];
    }

    private static void CheckStatistics(OracleCase c, LayerRun run, IReadOnlyList<JsonElement> expected)
    {
        var statistics = run.Model.Weights.Where(weight => !weight.Spec.Trainable).ToList();
        statistics.Should().HaveCount(expected.Count);
        foreach (var (weight, values) in statistics.Zip(expected)) c.Check(weight.ToArray(), values);
    }

    /// <summary>The inputs of each call: tensors with their masks, then initial states.</summary>
    private static IEnumerable<IReadOnlyList<Signal>> Calls(OracleCase c, bool isUnary)
    {
        if (!c.Entry.TryGetProperty("all_call_inputs", out var calls)) return [Signals(c.Arguments, c.Keywords, isUnary)];
        return calls.EnumerateArray().Select(call =>
            Signals([.. call[0].EnumerateArray()], call[1].EnumerateObject().ToDictionary(p => p.Name, p => p.Value), isUnary));
    }

    /// <summary>A second argument of a layer with one input is its mask.</summary>
    private static List<Signal> Signals(IReadOnlyList<JsonElement> arguments,
        IReadOnlyDictionary<string, JsonElement> keywords, bool isUnary)
    {
        var signals = Flat(arguments).Select(array => new Signal(Tensor(array))).ToList();
        if (isUnary && signals.Count == 2) signals = [signals[0] with { Mask = signals[1].Tensor.to(torch.ScalarType.Bool) }];
        if (keywords.TryGetValue("mask", out var mask))
        {
            var masks = mask.ValueKind == JsonValueKind.Array ? [.. mask.EnumerateArray()] : new[] { mask };
            for (var i = 0; i < masks.Length; i++)
                if (masks[i].ValueKind == JsonValueKind.Object)
                    signals[i] = signals[i] with { Mask = Tensor(masks[i]).to(torch.ScalarType.Bool) };
        }

        foreach (var (name, index) in new[] { ("query_mask", 0), ("value_mask", 1), ("key_mask", 2), ("attention_mask", 0) })
        {
            if (keywords.TryGetValue(name, out var own) && own.ValueKind == JsonValueKind.Object)
                signals[index] = signals[index] with { Mask = Tensor(own).to(torch.ScalarType.Bool) };
        }

        if (keywords.TryGetValue("initial_state", out var states))
            signals.AddRange(Flat([states]).Select(state => new Signal(Tensor(state))));
        return signals;
    }

    private static IEnumerable<JsonElement> Flat(IEnumerable<JsonElement> elements)
        => elements.Where(e => e.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            .SelectMany(e => e.ValueKind == JsonValueKind.Array ? Flat(e.EnumerateArray()) : [e]);

    private static torch.Tensor Tensor(JsonElement array) => Tensors.From(OracleCase.Array(array), torch.CPU);

    /// <summary>Switches of the call that are options of the layer here.</summary>
    private static Layer Switched(Layer layer, IReadOnlyDictionary<string, JsonElement> keywords)
    {
        bool Is(string name) => keywords.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.True;
        return layer switch
        {
            Attention a => a with { ReturnAttentionScores = Is("return_attention_scores"), UseCausalMask = Is("use_causal_mask") },
            AdditiveAttention a => a with { ReturnAttentionScores = Is("return_attention_scores"), UseCausalMask = Is("use_causal_mask") },
            ProjectedAttention m => m with { ReturnAttentionScores = Is("return_attention_scores"), UseCausalMask = Is("use_causal_mask") },
            _ => layer,
        };
    }

    /// <summary>The case's layer as Keras writes it in a config; a list of cells is a stack of them.</summary>
    private static JsonNode KerasForm(OracleCase c)
        => KerasForm(new JsonObject { ["class"] = c.Name, ["config"] = JsonNode.Parse(c.Entry.GetProperty("config").GetRawText()) })!;

    private static JsonNode? KerasForm(JsonNode? node) => node switch
    {
        JsonObject o when o["class"] is { } name =>
            new JsonObject { ["class_name"] = name.DeepClone(), ["config"] = Config(o["config"] as JsonObject ?? o) },
        JsonObject o => Config(o),
        JsonArray cells when cells.Count > 0 && cells.All(cell => cell is JsonObject o && o.ContainsKey("class")) => new JsonObject
        {
            ["class_name"] = "StackedRNNCells",
            ["config"] = new JsonObject { ["cells"] = new JsonArray([.. cells.Select(KerasForm)]) }
        },
        _ => node?.DeepClone(),
    };

    private static JsonObject Config(JsonObject options)
        => new(options.Where(p => p.Key != "class").Select(p =>
            KeyValuePair.Create(p.Key, p.Key == "cells" ? new JsonArray([.. p.Value!.AsArray().Select(KerasForm)]) : KerasForm(p.Value))));
}
