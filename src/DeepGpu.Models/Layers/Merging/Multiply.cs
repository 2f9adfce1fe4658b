namespace DeepGpu.Models;

/// <summary>The product of the inputs; where every input has a mask, masked positions count as 1.</summary>
/// <remarks>Inputs of shapes that broadcast to one another, output of their common shape.
/// Keras: https://keras.io/api/layers/merging_layers/multiply/</remarks>
public sealed record Multiply : ElementwiseMerge
{
    private protected override bool KeepsInputs => true;
}
