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
