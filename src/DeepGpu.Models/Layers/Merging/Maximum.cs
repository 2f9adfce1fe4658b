namespace DeepGpu.Models;

/// <summary>The largest of the inputs, element by element; masked positions do not count.</summary>
/// <remarks>Inputs of shapes that broadcast to one another, output of their common shape.
/// Keras: https://keras.io/api/layers/merging_layers/maximum/</remarks>
public sealed record Maximum : ElementwiseMerge
{
    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Product(name, inputs, OutputShapes(inputs)[0])];
}
