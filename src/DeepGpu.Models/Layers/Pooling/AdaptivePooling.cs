namespace DeepGpu.Models;

/// <summary>What pooling to a fixed output size along 1, 2 or 3 axes has in common.</summary>
public abstract record AdaptivePooling : UnaryLayer
{
    private protected AdaptivePooling(int spatial, Extent outputSize)
    {
        Spatial = spatial;
        OutputSize = outputSize;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>Whether the place of each maximum is kept for the backward pass.</summary>
    private protected virtual bool TakesMaximum => false;

    /// <summary>The output's lengths, at least 1.</summary>
    public Extent OutputSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(OutputSize)); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, Spatial);
        return Enumerable.Range(0, Spatial)
            .Aggregate(input, (shape, dimension) => shape.With(DataFormat.SpatialAxis(dimension), OutputSize[dimension]));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Pooling(name, inputs[0], OutputShape(inputs[0]), TakesMaximum)];
}
