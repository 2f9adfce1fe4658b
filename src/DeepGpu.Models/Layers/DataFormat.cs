using DeepGpu.Models.Shapes;

namespace DeepGpu.Models;

/// <summary>Where a layer expects the channels.</summary>
public enum DataFormat
{
    /// <summary>(batch, ..., channels): Keras's default.</summary>
    ChannelsLast,

    /// <summary>(batch, channels, ...).</summary>
    ChannelsFirst,
}

/// <summary>Which axis is which in a data format.</summary>
internal static class DataFormats
{
    /// <summary>The axis of the channels, the batch being axis 0.</summary>
    public static Index ChannelAxis(this DataFormat format) => format == DataFormat.ChannelsLast ? ^1 : 1;

    /// <summary>The axis of a spatial dimension counted from 0.</summary>
    public static int SpatialAxis(this DataFormat format, int dimension) => dimension + (format == DataFormat.ChannelsLast ? 1 : 2);

    /// <summary>The channels of a shape.</summary>
    /// <exception cref="ShapeException">They are unknown.</exception>
    public static int Channels(this DataFormat format, Shape shape)
        => shape[format.ChannelAxis()]
            ?? throw new ShapeException("an input whose channels are known", "Give the model's input a full shape.");

    /// <summary>Checks that a shape has a batch, a number of spatial axes and channels.</summary>
    /// <exception cref="ShapeException">It has not.</exception>
    public static void CheckRank(this DataFormat format, Shape shape, int spatial)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var axes = format.Axes(spatial);
        if (shape.Rank == axes.Count) return;
        throw new ShapeException(
            $"an input of {axes.Count} axes ({axes})",
            $"Give the model an input of shape ({axes.OfSample}), or add .Reshape(...) before the layer.");
    }

    /// <summary>A shape whose spatial axes have other lengths.</summary>
    /// <param name="format">Where the channels are.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="spatial">The number of spatial axes.</param>
    /// <param name="length">The new length, from the old one (null where it is open) and the dimension, counted from 0.</param>
    /// <exception cref="ShapeException">The shape has another number of axes.</exception>
    public static Shape WithSpatial(this DataFormat format, Shape shape, int spatial, Func<int?, int, int?> length)
    {
        format.CheckRank(shape, spatial);
        return Enumerable.Range(0, spatial).Aggregate(shape, (output, dimension) =>
        {
            var axis = format.SpatialAxis(dimension);
            return output.With(axis, length(shape[axis], dimension));
        });
    }

    private static AxisNames Axes(this DataFormat format, int spatial)
    {
        var space = AxisNames.Spatial(spatial, only: "steps");
        return format == DataFormat.ChannelsLast ? new(["batch", .. space, "channels"]) : new(["batch", "channels", .. space]);
    }
}
