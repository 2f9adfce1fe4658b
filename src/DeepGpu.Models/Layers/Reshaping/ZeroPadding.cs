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

/// <summary>Adds zeros at the ends of time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/zero_padding1d/</remarks>
public sealed record ZeroPadding1D : ZeroPadding
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    public ZeroPadding1D(Margins padding = default)
        : base(spatial: 1, padding)
    {
    }
}

/// <summary>Adds zeros at the ends of height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/zero_padding2d/</remarks>
public sealed record ZeroPadding2D : ZeroPadding
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    public ZeroPadding2D(Margins padding = default)
        : base(spatial: 2, padding)
    {
    }
}

/// <summary>Adds zeros at the ends of depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/zero_padding3d/</remarks>
public sealed record ZeroPadding3D : ZeroPadding
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">Zeros added before and after, per axis. Default 1.</param>
    public ZeroPadding3D(Margins padding = default)
        : base(spatial: 3, padding)
    {
    }
}
