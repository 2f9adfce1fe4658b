using System.Collections.Immutable;

namespace DeepGpu.Models;

/// <summary>x * scale + offset.</summary>
/// <remarks>Output shape = input shape. Keras: https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/</remarks>
public sealed record Rescaling : UnaryLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="scale">The factor: one number, or one a channel.</param>
    public Rescaling(ImmutableArray<double> scale) => Scale = scale;

    /// <summary>The factor: one number, or one a channel.</summary>
    public ImmutableArray<double> Scale { get; init; }

    /// <summary>Added after the factor: one number, or one a channel. Default 0.</summary>
    public ImmutableArray<double> Offset { get; init; } = [0];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    public bool Equals(Rescaling? other) => base.Equals(other) && Scale.SequenceEqual(other.Scale) && Offset.SequenceEqual(other.Offset);

    /// <inheritdoc/>
    public override int GetHashCode() => Scale.Concat(Offset).Aggregate(base.GetHashCode(), HashCode.Combine);
}
