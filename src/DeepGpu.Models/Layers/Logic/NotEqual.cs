using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>Whether each element differs from a value. Keras writes it into graphs where a mask is computed.</summary>
/// <remarks>Output shape = input shape, true or false.</remarks>
public sealed record NotEqual : UnaryLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="value">The value compared with. Default 0.</param>
    public NotEqual(double value = 0) => Value = value;

    /// <summary>The value compared with, finite.</summary>
    [JsonIgnore]
    public double Value { get; init => field = Require.Finite(value, nameof(NotEqual), nameof(Value)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;
}
