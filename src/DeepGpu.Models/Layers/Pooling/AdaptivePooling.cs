namespace DeepGpu.Models;

/// <summary>What pooling to a fixed output size along 1, 2 or 3 axes has in common.</summary>
public abstract record AdaptivePooling : PoolingLayer
{
    private protected AdaptivePooling(int spatial, Extent outputSize)
        : base(spatial) => OutputSize = outputSize;

    /// <summary>The output's lengths, at least 1.</summary>
    public Extent OutputSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(OutputSize)); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => DataFormat.WithSpatial(input, Spatial, (_, dimension) => OutputSize[dimension]);
}
