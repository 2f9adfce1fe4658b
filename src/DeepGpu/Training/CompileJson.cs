using System.Text.Json.Nodes;
using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Writes and reads what a model was compiled with as Keras does: the compile_config of a model file.</summary>
internal static class CompileJson
{
    /// <summary>The config; null where a loss or metric is a delegate or not registered, which no file can hold.</summary>
    public static JsonObject? Write(CompileOptions options, Optimizer optimizer, Extensions extensions)
    {
        var outputs = options.Outputs;
        var losses = outputs.Select(output => output.Loss is { } loss ? LossJson.Write(loss, extensions) : null).ToList();
        var metrics = outputs.Select(output => Metrics(output.Metrics, extensions)).ToList();
        var weighted = outputs.Select(output => Metrics(output.WeightedMetrics, extensions)).ToList();
        if (options.CustomLoss is not null || metrics.Concat(weighted).Contains(null)
            || losses.Zip(outputs).Any(pair => pair.First is null && pair.Second.Loss is not null))
            return null;
        return new()
        {
            ["optimizer"] = OptimizerJson.Write(optimizer, extensions),
            ["loss"] = Each(losses),
            ["loss_weights"] = outputs.All(output => output.LossWeight == 1)
                ? null
                : new JsonArray([.. outputs.Select(output => (JsonNode)output.LossWeight)]),
            ["metrics"] = Each(metrics),
            ["weighted_metrics"] = outputs.All(output => output.WeightedMetrics.Count == 0) ? null : Each(weighted),
            ["run_eagerly"] = false,
            ["steps_per_execution"] = 1,
            ["jit_compile"] = false,
        };
    }

    /// <summary>What a config says, for the outputs of a model.</summary>
    /// <exception cref="ModelFormatException">It has another form, or names a class or option this library does not know.</exception>
    public static CompileOptions Read(JsonObject config, ModelSpec spec, Extensions extensions)
        => KerasType.Checked("compile_config", () => new CompileOptions(
        OptimizerJson.Read(config["optimizer"] ?? throw LayerJson.Missing("optimizer"), extensions),
        [.. spec.Outputs.Select((_, output) => Read(config, spec, output, extensions))]));

    private static OutputTraining Read(JsonObject config, ModelSpec spec, int output, Extensions extensions)
    {
        var loss = Of(config["loss"], spec, output, isOneEach: true);
        var metrics = Of(config["metrics"], spec, output, isOneEach: false);
        return new(loss is null ? null : LossJson.Read(loss, extensions), ReadMetrics(metrics, extensions))
        {
            LossWeight = (double?)Of(config["loss_weights"], spec, output, isOneEach: true) ?? 1,
            WeightedMetrics = ReadMetrics(Of(config["weighted_metrics"], spec, output, isOneEach: false), extensions),
        };
    }

    private static JsonArray? Metrics(IReadOnlyList<Metric> metrics, Extensions extensions)
    {
        var written = metrics.Select(metric => MetricJson.Write(metric, extensions)).ToList();
        return written.Contains(null) ? null : new JsonArray([.. written]);
    }

    /// <summary>Of several outputs a list; of one its own.</summary>
    private static JsonNode? Each(IReadOnlyList<JsonNode?> each) => each.Count == 1 ? each[0] : new JsonArray([.. each]);

    /// <summary>The part of one output: of a list in the order of the outputs, or by the name of the layer an output comes from;
    /// else what holds for all.</summary>
    /// <param name="node">The parts.</param>
    /// <param name="spec">The model.</param>
    /// <param name="output">The output, from 0.</param>
    /// <param name="isOneEach">Whether a list holds one entry an output also where there is one output,
    /// whose metrics may be several.</param>
    private static JsonNode? Of(JsonNode? node, ModelSpec spec, int output, bool isOneEach) => node switch
    {
        JsonArray list when spec.Outputs.Count > 1 || isOneEach =>
            list.Count == spec.Outputs.Count ? list[output] : throw LayerJson.Missing("loss or metrics of each output"),
        JsonObject named when named["class_name"] is null => named[spec.Outputs[output].Node.Name],
        _ => node,
    };

    private static Metric[] ReadMetrics(JsonNode? node, Extensions extensions) => node switch
    {
        null => [],
        JsonArray list => [.. list.SelectMany(item => ReadMetrics(item, extensions))],
        _ => [MetricJson.Read(node, extensions)],
    };
}
