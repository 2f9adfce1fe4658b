using System.Text.Json.Serialization;

namespace DeepGpu.Models;

/// <summary>What pooling over all of 1, 2 or 3 axes has in common.</summary>
public abstract record GlobalPooling : PoolingLayer
{
    private protected GlobalPooling(int spatial)
        : base(spatial)
    {
    }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>Whether the pooled axes stay, with length 1. Default false.</summary>
    [JsonPropertyName("keepdims")]
    public bool KeepDims { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        var kept = DataFormat.WithSpatial(input, Spatial, (_, _) => 1);
        return KeepDims ? kept : new(input[0], input[DataFormat.ChannelAxis()]);
    }
}
