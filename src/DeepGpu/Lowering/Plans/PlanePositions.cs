using DeepGpu.Models;

namespace DeepGpu.Lowering;

/// <summary>Where a window stands along one axis.</summary>
/// <param name="Length">The input's length.</param>
/// <param name="Kernel">The window's cells.</param>
/// <param name="Stride">From one position to the next.</param>
/// <param name="Dilation">From one cell to the next.</param>
/// <param name="Outputs">How many positions there are.</param>
/// <param name="Before">Zeros before the input.</param>
internal readonly record struct AxisPositions(int Length, int Kernel, int Stride, int Dilation, int Outputs, int Before)
{
    /// <summary>An axis that is not there.</summary>
    public static AxisPositions None { get; } = new(1, 1, 1, 1, 1, 0);

    /// <summary>The input with what the windows reach beyond it.</summary>
    public int Padded => Math.Max(Length + Before, (Outputs - 1) * Stride + (Kernel - 1) * Dilation + 1);

    /// <summary>By Keras's rules.</summary>
    public static AxisPositions Of(int length, int kernel, int stride, int dilation, int outputs, Padding padding)
    {
        var reach = (kernel - 1) * dilation + 1;
        var before = padding switch
        {
            Padding.Same => Math.Max((outputs - 1) * stride + reach - length, 0) / 2,
            Padding.Causal => reach - 1,
            _ => 0,
        };
        return new(length, kernel, stride, dilation, outputs, before);
    }

    /// <summary>The first cell of a position that exists, and how many do; cells lie side by side.</summary>
    public (int Start, int Count) Cells(int position)
    {
        var start = position * Stride - Before;
        var (first, end) = (Math.Max(start, 0), Math.Min(start + Kernel, Length));
        return (first, end - first);
    }
}

/// <summary>Where a window stands in images, channels last; along one axis the height is <see cref="AxisPositions.None"/>.</summary>
/// <param name="Height">Along the first axis.</param>
/// <param name="Width">Along the second axis.</param>
/// <param name="Channels">Numbers of a cell.</param>
internal readonly unsafe record struct PlanePositions(AxisPositions Height, AxisPositions Width, int Channels)
{
    /// <summary>Whether a window reaches beyond the input.</summary>
    public bool IsPadded => Height.Padded != Height.Length || Width.Padded != Width.Length;

    /// <summary>Cells of a line with those around it.</summary>
    public int PaddedWidth => Width.Padded;

    /// <summary>Numbers of an image with those around it.</summary>
    public int PaddedSize => Height.Padded * Width.Padded * Channels;

    /// <summary>How a layer's window moves over inputs of a shape.</summary>
    public static PlanePositions Of(Shape input, Shape output, int spatial, Extent kernel, Extent strides, Extent dilation, Padding padding)
    {
        var last = Axis(spatial - 1);
        return new(spatial == 1 ? AxisPositions.None : Axis(0), last, input[^1]!.Value);

        AxisPositions Axis(int axis) => AxisPositions.Of(input[axis + 1]!.Value, kernel[axis], strides[axis], dilation[axis],
            output[axis + 1]!.Value, padding);
    }

    /// <summary>Copies images into zeros.</summary>
    public void Pad(float* from, float* to, int samples)
    {
        new Span<float>(to, checked(samples * PaddedSize)).Clear();
        var (line, wide) = (Width.Length * Channels, Width.Padded * Channels);
        for (var sample = 0; sample < samples; sample++)
        {
            for (var y = 0; y < Height.Length; y++, from += line)
            {
                var at = to + (long)sample * PaddedSize + (long)(y + Height.Before) * wide + Width.Before * Channels;
                new ReadOnlySpan<float>(from, line).CopyTo(new(at, line));
            }
        }
    }
}
