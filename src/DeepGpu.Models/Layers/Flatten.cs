namespace DeepGpu.Models;

/// <summary>Joins all axes but the batch into one, in row-major order.</summary>
/// <remarks>Input (batch, ...), output (batch, product). Keras: https://keras.io/api/layers/reshaping_layers/flatten/</remarks>
public sealed record Flatten : UnaryLayer
{
    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(input[0], input.SampleElements is { } n ? checked((int)n) : null);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var elements = inputs[0].Elements ?? 0;
        return [new() { Name = name, Kind = OperationKind.View, InputElements = elements, OutputElements = elements }];
    }
}
