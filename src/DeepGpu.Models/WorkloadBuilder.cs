namespace DeepGpu.Models;

/// <summary>Adds up the operations of a model's layers at a batch size.</summary>
internal static class WorkloadBuilder
{
    public static Workload Build(ModelSpec spec, WorkloadTask task, int batchSize, NumberFormat precision)
    {
        Require.AtLeast(batchSize, 1, nameof(Workload), nameof(batchSize));
        return new()
        {
            Name = spec.Name,
            Task = task,
            BatchSize = batchSize,
            Precision = precision,
            ParameterCount = spec.ParameterCount,
            TrainableParameterCount = spec.TrainableParameterCount,
            Operations = [.. spec.Nodes.SelectMany(node => node.Layer.Operations(node.Name, [.. node.Inputs.Select(i => i.Shape.With(0, batchSize))]))],
        };
    }
}
