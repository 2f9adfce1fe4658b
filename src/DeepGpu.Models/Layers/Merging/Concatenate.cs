namespace DeepGpu.Models;

/// <summary>Joins inputs along an axis.</summary>
/// <remarks>Inputs equal on every other axis. Keras: https://keras.io/api/layers/merging_layers/concatenate/</remarks>
[LayerInputs(LayerInputs.Several)]
public sealed record Concatenate : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis to join along. Default the last.</param>
    public Concatenate(int axis = -1) => Axis = axis;

    /// <summary>The axis to join along, the batch being 0. Default the last.</summary>
    public int Axis { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count < 1) throw new ShapeException("at least one input", "Apply it to several values.");
        var axis = Axes.Resolve(Axis, inputs[0].Rank);
        if (inputs.Any(input => !Fits(inputs[0], input, axis)))
            throw new ShapeException($"inputs that are equal on every axis but {axis}",
                "Make the other lengths equal, for example by padding or cropping.");
        return [inputs[0].With(axis, inputs.Select(input => input[axis]).Aggregate((a, b) => a + b))];
    }

    private static bool Fits(Shape first, Shape other, int joined)
        => other.Rank == first.Rank
            && Enumerable.Range(0, first.Rank).All(axis => axis == joined || !Shape.Differ(first[axis], other[axis]));

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Copy(name, inputs, OutputShapes(inputs)[0])];
}
