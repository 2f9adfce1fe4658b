namespace DeepGpu.Models.Workloads;

/// <summary>Adds up the operations of a model's layers at a batch size and a number of time steps.</summary>
internal static class WorkloadBuilder
{
    public static Workload Build(ModelSpec spec, WorkloadTask task, int batchSize, NumberFormat precision,
        int? timeSteps, Optimizer? optimizer)
    {
        Require.AtLeast(batchSize, 1, nameof(Workload), nameof(batchSize));
        if (timeSteps is { } steps) Require.AtLeast(steps, 1, nameof(Workload), nameof(timeSteps));
        if (spec.Origin?.FixedBatch is { } only && only != batchSize)
            return Build(spec, task, only, precision, timeSteps, optimizer).AtBatchSize(batchSize);
        List<Shape> inputs = [.. spec.Inputs.Select(input => Concrete(input, batchSize, timeSteps))];
        var graph = new OperationGraph(task, optimizer?.FlopsIn(spec) ?? 0);
        graph.Add(spec, inputs, [.. inputs.Select(_ => OperationGraph.ModelInput)], path: "");
        return new()
        {
            Name = spec.Name,
            Task = task,
            BatchSize = batchSize,
            Precision = precision,
            ParameterCount = spec.ParameterCount,
            TrainableParameterCount = spec.TrainableParameterCount,
            InputElements = inputs.Sum(input => input.Elements!.Value),
            OptimizerStateBytesPerParameter = optimizer?.StateBytesIn(spec) ?? 0,
            Operations = graph.Finish(),
        };
    }

    private static Shape Concrete(ModelNode input, int batchSize, int? timeSteps)
    {
        var shape = InputShapes.At(input, batchSize, timeSteps);
        return shape.Axes.Contains(null) ? throw new DeepGpuArgumentException(Open(input), nameof(timeSteps)) : shape;
    }

    private static Fault Open(ModelNode input) => new(
        "open_input_shape",
        $"Input '{input.Name}' needs a known shape,",
        $"but is {input.OutputShapes[0]}.",
        "Pass timeSteps for an open time axis; build the model with a full input shape for others.");
}
