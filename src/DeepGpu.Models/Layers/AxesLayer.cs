using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What layers have in common that work along some axes and keep the shape.</summary>
public abstract record AxesLayer : UnaryLayer
{
    private protected AxesLayer()
    {
    }

    /// <summary>The axes that its sum, mean or length is taken over, the batch being 0. Default the last.</summary>
    [JsonPropertyOrder(-1)]
    public Axes Axis { get; init; } = -1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Axis.In(input.Rank);
        return input;
    }
}
