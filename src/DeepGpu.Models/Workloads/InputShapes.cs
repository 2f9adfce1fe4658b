namespace DeepGpu.Models.Workloads;

/// <summary>The shapes of a model's inputs at a batch size and a number of time steps.</summary>
internal static class InputShapes
{
    /// <summary>An input's shape; what neither of them says stays open.</summary>
    public static Shape At(ModelNode input, int batch, int? steps)
    {
        var shape = input.OutputShapes[0];
        if (input.Layer is InputLayer { Lengths: { } lengths }) return lengths.At(shape, batch, steps);
        var batched = shape.With(0, batch);
        return batched.Rank > 1 && batched[1] is null && steps is not null ? batched.With(1, steps) : batched;
    }
}
