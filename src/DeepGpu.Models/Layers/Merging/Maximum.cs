namespace DeepGpu.Models;

/// <summary>The largest of the inputs, element by element; masked positions do not count.</summary>
/// <remarks>Inputs of shapes that broadcast to one another, output of their common shape.
/// Keras: https://keras.io/api/layers/merging_layers/maximum/</remarks>
public sealed record Maximum : ElementwiseMerge
{
    private protected override bool KeepsInputs => true;
}
