namespace DeepGpu.Models;

/// <summary>How a window moves along the spatial axes: the arithmetic shared by convolutions and pooling.</summary>
internal static class Window
{
    /// <summary>Positions along one axis; null for an unknown length.</summary>
    /// <exception cref="ShapeException">The window is larger than its input.</exception>
    public static int? Positions(int? length, int kernel, int stride, int dilation, Padding padding)
    {
        if (length is not { } n) return null;
        var reach = (kernel - 1) * dilation + 1;
        var positions = padding == Padding.Same ? (n + stride - 1) / stride : (n - reach + stride) / stride;
        return n >= reach || padding == Padding.Same && n > 0 ? positions : throw TooLarge(reach, n);
    }

    /// <summary>The output's spatial axes, for an input of rank 2 + the number of spatial axes.</summary>
    public static Shape Slide(Shape input, int rank, Extent kernel, Extent strides, Extent dilation, Padding padding)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank != rank + 2) throw WrongRank(rank);
        var output = input;
        for (var axis = 0; axis < rank; axis++)
        {
            output = output.With(axis + 1, Positions(input[axis + 1], kernel[axis], strides[axis], dilation[axis], padding));
        }

        return output;
    }

    private static ShapeException WrongRank(int rank) => new(
        $"an input of {rank + 2} axes ({Axes(rank)})",
        $"Give the model an input of shape {Axes(rank)} without the batch axis, or add .Reshape(...) before the layer.");

    private static string Axes(int rank) => rank switch
    {
        1 => "batch, steps, channels",
        2 => "batch, height, width, channels",
        _ => "batch, depth, height, width, channels",
    };

    private static ShapeException TooLarge(int reach, int length) => new(
        $"at least {reach} positions along each spatial axis, for its output would have {length - reach + 1} along one",
        "Use a smaller window or padding 'same', or fewer poolings before it.");
}
