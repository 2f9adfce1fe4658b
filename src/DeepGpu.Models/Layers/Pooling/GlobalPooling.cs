using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What pooling over all of 1, 2 or 3 axes has in common.</summary>
public abstract record GlobalPooling : UnaryLayer
{
    private protected GlobalPooling(int spatial) => Spatial = spatial;

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>Whether the place of each maximum is kept for the backward pass.</summary>
    private protected virtual bool TakesMaximum => false;

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>Whether the pooled axes stay, with length 1. Default false.</summary>
    [JsonPropertyName("keepdims")]
    public bool KeepDims { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, Spatial);
        if (!KeepDims) return new(input[0], input[DataFormat.ChannelAxis()]);
        return Enumerable.Range(0, Spatial).Aggregate(input, (shape, dimension) => shape.With(DataFormat.SpatialAxis(dimension), 1));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Pooling(name, inputs[0], OutputShape(inputs[0]), TakesMaximum)];
}
