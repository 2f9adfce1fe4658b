using DeepGpu.Models.Layers;
using DeepGpu.Models.Registry;
using DeepGpu.Models.Shapes;

namespace DeepGpu.Models;

/// <summary>What layers that merge inputs element by element have in common.</summary>
[LayerInputs(LayerInputs.Several)]
public abstract record ElementwiseMerge : Layer
{
    private protected ElementwiseMerge()
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count < 2) throw new ShapeException("at least two inputs", "Apply it to several values.");
        return [Broadcasting.OfMerged(inputs)];
    }

    /// <summary>Whether its gradient needs the inputs; a sum's is its output's.</summary>
    private protected virtual bool KeepsInputs => false;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var output = OutputShapes(inputs)[0];
        return [KeepsInputs ? Work.Product(name, inputs, output) : Work.Sum(name, inputs, output)];
    }
}
