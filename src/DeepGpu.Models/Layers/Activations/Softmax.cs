namespace DeepGpu.Models;

/// <summary>e^x over its sum along some axes; masked positions get 0.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/activation_layers/softmax/</remarks>
public sealed record Softmax : UnaryLayer
{
    /// <summary>The axes that sum to 1. Default the last.</summary>
    public Axes Axis { get; init; } = -1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Axis.In(input.Rank);
        return input;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [Work.Softmax(name, inputs[0])];
}
