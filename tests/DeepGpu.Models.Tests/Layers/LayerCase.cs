namespace DeepGpu.Models.Tests.Layers;

/// <summary>A layer, the shapes it is given, and what follows from them, worked out by hand.</summary>
/// <param name="Layer">The layer, its options not the defaults where that matters.</param>
/// <param name="Inputs">The inputs, the batch first.</param>
/// <param name="Outputs">The outputs, the batch first.</param>
/// <param name="Parameters">Values in all weights.</param>
public sealed record LayerCase(Layer Layer, Shape[] Inputs, Shape[] Outputs, long Parameters)
{
    /// <summary>A case of one input and one output, the batch left out.</summary>
    public static LayerCase Of(Layer layer, int?[] input, int?[] output, long parameters = 0)
        => new(layer, [Batch(input)], [Batch(output)], parameters);

    /// <summary>A case of several inputs and one output, the batch left out.</summary>
    public static LayerCase Many(Layer layer, int?[][] inputs, int?[] output, long parameters = 0)
        => new(layer, [.. inputs.Select(Batch)], [Batch(output)], parameters);

    /// <summary>A case of several inputs and outputs, the batch left out.</summary>
    public static LayerCase Many(Layer layer, int?[][] inputs, int?[][] outputs, long parameters = 0)
        => new(layer, [.. inputs.Select(Batch)], [.. outputs.Select(Batch)], parameters);

    private static Shape Batch(int?[] sample) => new(sample.Prepend(null));
}
