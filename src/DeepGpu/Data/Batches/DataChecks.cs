using DeepGpu.Models;
using DeepGpu.Models.Graphs;
using DeepGpu.Models.Values;
using TorchSharp;

namespace DeepGpu.Data;

/// <summary>Checks of data against a model, before anything native sees it.</summary>
internal static class DataChecks
{
    public static void Inputs(IReadOnlyList<NDArray> inputs, ModelSpec spec, string name)
    {
        ArgumentNullException.ThrowIfNull(inputs, name);
        if (inputs.Count != spec.Inputs.Count)
            throw Wrong("input_count", $"'{spec.Name}' has {spec.Inputs.Count} inputs,", $"but {name} holds {inputs.Count} arrays.",
                "Pass one array per input, in the order of ModelSpec.Inputs.");
        foreach (var (input, node) in inputs.Zip(spec.Inputs)) Input(input, node, spec.Name, name);
        FixedBatch([.. inputs.Select(input => input.Shape[0])], spec, name);
        OpenLengths([.. inputs.Select(input => input.Shape)], spec);
        foreach (var (input, node) in inputs.Zip(spec.Inputs)) EmbeddingChecks.Check(input, node, spec, name);
        var counts = inputs.Select(input => input.Shape[0]).Distinct().ToList();
        if (counts.Count > 1)
            throw Wrong("sample_count", "Every input needs the same number of samples,",
                $"but {name} holds {string.Join(" and ", counts)}.", "Check how the arrays were cut.");
    }

    /// <summary>Tensors that a custom loss runs the model on.</summary>
    public static void Inputs(IReadOnlyList<torch.Tensor> inputs, ModelSpec spec)
    {
        if (inputs.Count != spec.Inputs.Count) throw Wrong("input_count", $"'{spec.Name}' has {spec.Inputs.Count} inputs,",
            $"but Forward receives {inputs.Count} tensors.", "Pass one tensor per input, in the order of ModelSpec.Inputs.");
        List<int[]> shapes = [.. inputs.Select(input => input.shape.Select(length => (int)length).ToArray())];
        foreach (var (shape, node) in shapes.Zip(spec.Inputs))
        {
            if (!Fits(shape, node.OutputShapes[0])) throw WrongShape(shape, node, spec.Name, "a tensor of Forward");
        }

        OpenLengths(shapes, spec);
    }

    /// <summary>Weights of samples: finite in single precision, in which they count. Negative ones weigh as in Keras.</summary>
    public static void Weights(IReadOnlyList<NDArray> weights, string name)
    {
        foreach (var array in weights)
        {
            var numbers = ElementNumbers.Of(array);
            var at = Array.FindIndex(numbers, number => !float.IsFinite((float)number));
            if (at >= 0) throw Wrong("sample_weight", "Sample weights must be finite in single precision,",
                FormattableString.Invariant($"but number {at} of the weights of {name} is {numbers[at]}."),
                "Replace or leave out the samples whose weight is not known; weight 0 leaves a sample out.");
        }
    }

    /// <summary>Targets, one array for each output.</summary>
    public static void Targets(IReadOnlyList<NDArray> targets, DataRequirements needs, string name)
    {
        if (targets.Count != needs.Spec.Outputs.Count)
            throw Wrong("target_count",
                $"'{needs.Spec.Name}' has {needs.Spec.Outputs.Count} outputs,", $"but {name} holds {targets.Count} arrays of targets.",
                "Pass one array of targets per output, in the order of ModelSpec.Outputs.");
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
        if (input.Shape.Any(length => length == 0))
            throw Wrong("empty_data", "At least one sample is needed, and no axis of length 0,", $"but {name} is {input.TypeAndShape}.",
                "Check where the data comes from.");
        if (!Fits(input.Shape, expected)) throw WrongShape(input.Shape, node, model, name);
    }

    private static bool Fits(IReadOnlyList<int> shape, Shape expected)
        => shape.Count == expected.Rank && expected.Axes.Zip(shape).Skip(1).All(axis => axis.First is null || axis.First == axis.Second);

    private static TrainingDataException WrongShape(IReadOnlyList<int> shape, ModelNode node, string model, string name) => Wrong(
        "input_shape",
        $"Input '{node.Name}' of '{model}' needs {node.OutputShapes[0]}",
        $"but {name} is ({string.Join(", ", shape)}).",
        shape.Count == node.OutputShapes[0].Rank - 1 ? "Add the missing axis with NDArray.Reshape, the samples first."
            : "Reshape the data with NDArray.Reshape, or change the model's input.");

    /// <summary>How many samples a model takes at a time; null where its inputs leave that open.</summary>
    public static int? FixedBatch(ModelSpec spec) => spec.Inputs.Select(input => input.OutputShapes[0][0])
        .FirstOrDefault(length => length is not null);

    private static void FixedBatch(IReadOnlyList<int> samples, ModelSpec spec, string name)
    {
        if (FixedBatch(spec) is { } size && samples.FirstOrDefault(count => count % size != 0) is > 0 and var odd) throw Wrong(
            "batch_size",
            $"'{spec.Name}' takes {size} samples at a time, so that their number must be a multiple of it,",
            $"but {name} holds {odd}.",
            "Leave samples out or add some, or change the model's batch with WithInputShapes.");
    }

    /// <summary>Lengths that were open when the model was built obey the rules of building now that they are known.</summary>
    private static void OpenLengths(IReadOnlyList<IReadOnlyList<int>> shapes, ModelSpec spec)
    {
        if (spec.Inputs.All(node => node.OutputShapes[0].Axes.Skip(1).All(length => length is not null))) return;
        var known = spec.Inputs.Zip(shapes, (node, shape) => Known(node.OutputShapes[0], shape));
        if (ShapeInference.FirstMisfit(spec, [.. known]) is { } fault) throw new TrainingDataException(fault);
    }

    private static Shape Known(Shape declared, IReadOnlyList<int> shape)
        => new([declared[0], .. shape.Skip(1).Select(length => (int?)length)]);

    private static TrainingDataException Wrong(string code, string rule, string received, string remedy)
        => new(new(code, rule, received, remedy));
}

/// <summary>What data must fit: the model's inputs, and the losses and metrics of its outputs.</summary>
internal sealed record DataRequirements(ModelSpec Spec, IReadOnlyList<Loss?> Losses)
{
    /// <summary>The metrics of each output, whose targets must fit too.</summary>
    public IReadOnlyList<IReadOnlyList<Metric>> Metrics { get; init; } = [];
}
