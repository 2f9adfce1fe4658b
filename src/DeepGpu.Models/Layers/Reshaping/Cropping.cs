namespace DeepGpu.Models;

/// <summary>What cropping along 1, 2 or 3 axes has in common.</summary>
public abstract record CroppingLayer : UnaryLayer
{
    private protected CroppingLayer(int spatial, Margins cropping)
    {
        Spatial = spatial;
        Cropping = cropping;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>Positions cut before and after, per axis. Default 1; of <see cref="Cropping2D"/> 0.</summary>
    public Margins Cropping { get; init => field = value.Checked(Spatial, ClassName, "cropping"); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => DataFormat.WithSpatial(input, Spatial, Cut);

    private int? Cut(int? length, int dimension)
    {
        var total = Cropping[dimension].Before + Cropping[dimension].After;
        return length <= total
            ? throw new ShapeException($"more than {total} positions along axis {DataFormat.SpatialAxis(dimension)}", "Cut less.")
            : length - total;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
        => [Work.View(name, inputs, OutputShapes(inputs))];
}

/// <summary>Cuts positions off the ends of time.</summary>
/// <remarks>Input (batch, steps, channels), output (batch, new steps, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/cropping1d/</remarks>
public sealed record Cropping1D : CroppingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1.</param>
    public Cropping1D(Margins cropping = default)
        : base(spatial: 1, cropping)
    {
    }
}

/// <summary>Cuts positions off the ends of height and width.</summary>
/// <remarks>Input (batch, height, width, channels), output (batch, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/cropping2d/</remarks>
public sealed record Cropping2D : CroppingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">Positions cut before and after, per axis. Default 0, as in Keras;
    /// <see cref="Cropping1D"/> and <see cref="Cropping3D"/> cut 1.</param>
    public Cropping2D(Margins cropping = default)
        : base(spatial: 2, cropping.Or(0))
    {
    }
}

/// <summary>Cuts positions off the ends of depth, height and width.</summary>
/// <remarks>Input (batch, depth, height, width, channels), output (batch, new depth, new height, new width, channels).
/// Keras: https://keras.io/api/layers/reshaping_layers/cropping3d/</remarks>
public sealed record Cropping3D : CroppingLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">Positions cut before and after, per axis. Default 1.</param>
    public Cropping3D(Margins cropping = default)
        : base(spatial: 3, cropping)
    {
    }
}
