using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Whether any element along some axes is true. Keras writes it into graphs where a mask is computed.</summary>
/// <remarks>Output: the input's shape without those axes.</remarks>
public sealed record Any : UnaryLayer
{
    /// <summary>The axes looked along. Default the last.</summary>
    public Axes Axis { get; init; } = -1;

    /// <summary>Whether those axes stay, with length 1. Default false.</summary>
    [JsonPropertyName("keepdims")]
    public bool KeepDims { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var axes = Axis.In(input.Rank);
        return new(input.Axes.Select((length, axis) => (length, axis)).Where(a => KeepDims || !axes.Contains(a.axis))
            .Select(a => axes.Contains(a.axis) ? 1 : a.length));
    }
}
