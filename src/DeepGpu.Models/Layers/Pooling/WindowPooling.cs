using System.Text.Json.Serialization;
using DeepGpu.Models.Layers;

namespace DeepGpu.Models;

/// <summary>What pooling over windows along 1, 2 or 3 axes has in common.</summary>
public abstract record WindowPooling : PoolingLayer
{
    private protected WindowPooling(int spatial, Extent poolSize)
        : base(spatial) => PoolSize = poolSize == default ? 2 : poolSize;

    /// <summary>The window's lengths, at least 1. Default 2.</summary>
    public Extent PoolSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(PoolSize)); }

    /// <summary>The step between windows; null for the window's own size.</summary>
    public Extent? Strides { get; init => field = value?.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>What happens at the border; an average with "same" divides by the cells that exist. Default valid.</summary>
    public Padding Padding { get; init => field = value.NotCausal(ClassName); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>Whether a last window may hang over the end, as networks trained in torch have it; Keras has no such option.
    /// Default false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CeilMode { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
        => Window.Slide(input, Spatial, DataFormat, PoolSize, Strides ?? PoolSize, dilation: 1, Padding, CeilMode);
}
