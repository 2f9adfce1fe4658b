namespace DeepGpu.Models;

/// <summary>A layer with one input and one output.</summary>
public abstract record UnaryLayer : Layer
{
    /// <summary>The shape of the output.</summary>
    /// <param name="input">The shape of the input, the batch first.</param>
    /// <exception cref="ShapeException">The layer cannot take this shape.</exception>
    public abstract Shape OutputShape(Shape input);

    /// <summary>The weights, in the order Keras creates and stores them.</summary>
    /// <param name="input">The shape of the input, the batch first.</param>
    public virtual IReadOnlyList<WeightSpec> Weights(Shape input) => [];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs) => [OutputShape(Only(inputs))];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs) => Weights(Only(inputs));

    private static Shape Only(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count == 1
            ? inputs[0]
            : throw new ShapeException("exactly one input", "Merge the inputs first, for example with Concatenate.");
    }
}
