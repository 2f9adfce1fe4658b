using DeepGpu.Models;

namespace DeepGpu;

/// <summary>Checks of data against a model, before anything native sees it.</summary>
internal static class DataChecks
{
    public static void Inputs(IReadOnlyList<NDArray> inputs, ModelSpec spec, string name)
    {
        ArgumentNullException.ThrowIfNull(inputs, name);
        if (inputs.Count != spec.Inputs.Count) throw Wrong("input_count", $"'{spec.Name}' has {spec.Inputs.Count} inputs,", $"but {name} holds {inputs.Count} arrays.", "Pass one array per input, in the order of ModelSpec.Inputs.");
        foreach (var (input, node) in inputs.Zip(spec.Inputs)) Input(input, node, spec.Name, name);
        foreach (var (input, node) in inputs.Zip(spec.Inputs)) EmbeddingChecks.Check(input, node, spec, name);
        var counts = inputs.Select(input => input.Shape[0]).Distinct().ToList();
        if (counts.Count > 1) throw Wrong("sample_count", "Every input needs the same number of samples,", $"but {name} holds {string.Join(" and ", counts)}.", "Check how the arrays were cut.");
    }

    /// <summary>Targets, one array for each output.</summary>
    public static void Targets(IReadOnlyList<NDArray> targets, DataRequirements needs, string name)
    {
        if (targets.Count != needs.Spec.Outputs.Count) throw Wrong("target_count", $"'{needs.Spec.Name}' has {needs.Spec.Outputs.Count} outputs,", $"but {name} holds {targets.Count} arrays of targets.", "Pass one array of targets per output, in the order of ModelSpec.Outputs.");
        for (var i = 0; i < targets.Count; i++) Target(targets[i], needs, i);
    }

    private static void Target(NDArray target, DataRequirements needs, int output)
    {
        var shape = needs.Spec.Outputs[output].Shape;
        needs.Losses[output]?.CheckTargets(target, shape);
        foreach (var metric in needs.Metrics.ElementAtOrDefault(output) ?? []) metric.CheckTargets(target, shape);
    }

    private static void Input(NDArray input, ModelNode node, string model, string name)
    {
        ArgumentNullException.ThrowIfNull(input, name);
        var expected = node.OutputShapes[0];
        if (input.Shape.Any(length => length == 0)) throw Wrong("empty_data", "At least one sample is needed, and no axis of length 0,", $"but {name} is {input}.", "Check where the data comes from.");
        if (input.Rank == expected.Rank && expected.Axes.Zip(input.Shape).All(axis => axis.First is null || axis.First == axis.Second)) return;
        throw Wrong(
            "input_shape",
            $"Input '{node.Name}' of '{model}' needs {expected}",
            $"but {name} is ({string.Join(", ", input.Shape)}).",
            input.Rank == expected.Rank - 1 ? "Add the missing axis with NDArray.Reshape, the samples first." : "Reshape the data with NDArray.Reshape, or change the model's input.");
    }

    private static TrainingDataException Wrong(string code, string rule, string received, string remedy) => new(new(code, rule, received, remedy));
}

/// <summary>What data must fit: the model's inputs, and the losses and metrics of its outputs.</summary>
internal sealed record DataRequirements(ModelSpec Spec, IReadOnlyList<Loss?> Losses)
{
    /// <summary>The metrics of each output, whose targets must fit too.</summary>
    public IReadOnlyList<IReadOnlyList<Metric>> Metrics { get; init; } = [];
}
