namespace DeepGpu.Models;

/// <summary>What zero padding along 1, 2 or 3 axes has in common.</summary>
public abstract record ZeroPadding : UnaryLayer
{
    private protected ZeroPadding(int spatial, Margins padding)
    {
        Spatial = spatial;
        Padding = padding;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>Zeros added before and after, per axis. Default 1.</summary>
    public Margins Padding { get; init => field = value.Checked(Spatial, ClassName, "padding"); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
        => DataFormat.WithSpatial(input, Spatial, (length, dimension) => length + Padding[dimension].Before + Padding[dimension].After);

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.Copy(name, inputs, OutputShape(inputs[0])) with { Kind = OperationKind.Padding }];
}
