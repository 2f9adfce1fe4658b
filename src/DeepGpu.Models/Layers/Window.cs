namespace DeepGpu.Models.Layers;

/// <summary>How a window moves along the spatial axes: the arithmetic shared by convolutions and pooling.</summary>
internal static class Window
{
    /// <summary>The input's shape with each spatial axis as long as the window has positions on it.</summary>
    /// <exception cref="ShapeException">The rank is wrong or the window is larger than its input.</exception>
    public static Shape Slide(Shape input, int spatial, DataFormat format, Extent kernel, Extent strides, Extent dilation,
        Padding padding, bool ceilMode = false)
    {
        format.CheckRank(input, spatial);
        var output = input;
        for (var dimension = 0; dimension < spatial; dimension++)
        {
            var axis = format.SpatialAxis(dimension);
            output = output.With(axis,
                Positions(input[axis], kernel[dimension], strides[dimension], dilation[dimension], padding, ceilMode));
        }

        return output;
    }

    /// <summary>Positions along one axis; null for an unknown length.</summary>
    private static int? Positions(int? length, int kernel, int stride, int dilation, Padding padding, bool ceilMode)
    {
        if (length is not { } n) return null;
        if (padding != Padding.Valid) return (n + stride - 1) / stride;
        var reach = (kernel - 1) * dilation + 1;
        if (n < reach) throw TooLarge(reach, n);
        return ceilMode ? CeilPositions(n, reach, stride) : (n - reach) / stride + 1;
    }

    /// <summary>torch's ceil mode: a last window may hang over the end, but must start inside.</summary>
    private static int CeilPositions(int length, int reach, int stride)
    {
        var positions = (length - reach + stride - 1) / stride + 1;
        return (positions - 1) * stride >= length ? positions - 1 : positions;
    }

    private static ShapeException TooLarge(int reach, int length) => new(
        $"at least {reach} positions along each spatial axis, for its output would have {length - reach + 1} along one",
        "Use a smaller window or padding 'same', or fewer poolings before it.");
}
