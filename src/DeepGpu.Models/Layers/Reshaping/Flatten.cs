using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>Joins all axes but the batch into one, in the order of channels-last data.</summary>
/// <remarks>Input (batch, ...), output (batch, product). Keras: https://keras.io/api/layers/reshaping_layers/flatten/</remarks>
public sealed record Flatten : UnaryLayer
{
    /// <summary>Where the input's channels are; channels-first input is reordered first. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(input[0], input.SampleElements is { } n ? checked((int)n) : null);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs) => [Work.View(name, inputs, inputs)];
}
