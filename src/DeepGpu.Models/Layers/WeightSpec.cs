using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>One weight of a layer: its name and shape as Keras lays it out, how it starts, whether training changes it.</summary>
/// <param name="Name">The name inside the layer, e.g. "kernel".</param>
/// <param name="Shape">The shape in Keras's layout, e.g. (height, width, input channels, filters).</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="Trainable">Whether an optimizer may change it; false for moving statistics.</param>
public sealed record WeightSpec(string Name, ImmutableArray<int> Shape, Initializer Initializer, bool Trainable = true)
{
    /// <summary>The number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));
}
