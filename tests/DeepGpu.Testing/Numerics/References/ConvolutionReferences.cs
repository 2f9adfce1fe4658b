using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Convolutions: y[o] = sum over cells k and input channels of x[o * stride + k * dilation - before] * kernel[k] + bias.</summary>
internal static class ConvolutionReferences
{
    public static void Add()
    {
        ReferenceTable.Add<Conv1D>(Plain);
        ReferenceTable.Add<Conv2D>(Plain);
        ReferenceTable.Add<Conv3D>(Plain);
        ReferenceTable.Add<DepthwiseConv1D>(Depthwise);
        ReferenceTable.Add<DepthwiseConv2D>(Depthwise);
        ReferenceTable.Add<SeparableConv1D>(Separable);
        ReferenceTable.Add<SeparableConv2D>(Separable);
        ReferenceTable.Add<Conv1DTranspose>(TransposedReference.Run);
        ReferenceTable.Add<Conv2DTranspose>(TransposedReference.Run);
        ReferenceTable.Add<Conv3DTranspose>(TransposedReference.Run);
    }

    /// <summary>A convolution of channels-last data.</summary>
    /// <param name="x">(batch, ..., channels).</param>
    /// <param name="kernel">(..., channels of a group, filters).</param>
    /// <param name="bias">(filters); null for none.</param>
    /// <param name="window">Strides, dilation and padding.</param>
    /// <param name="groups">How many parts of the channels go to as many parts of the filters.</param>
    public static Values Convolve(Values x, Values kernel, Values? bias, WindowOptions window, int groups = 1)
    {
        var (cells, perGroup, filters) = (kernel.Shape[..^2], kernel.Shape[^2], kernel.Shape[^1]);
        var sides = cells.Select((cell, i) => Spatial.Windows(x.Shape[i + 1], window.Reach(cell, i), window.Strides[i], window.Padding))
            .ToArray();
        var from = new int[x.Rank];
        return Values.Of([x.Shape[0], .. sides.Select(side => side.Positions), filters], at =>
        {
            var filter = at[^1];
            var sum = bias is null ? 0 : bias[filter];
            var cell = 0;
            foreach (var k in Values.Positions(cells))
            {
                if (Locate(x, at, k, window, sides, from)) sum = Add(sum, x, x.Offset(from) + filter / (filters / groups) * perGroup,
                    kernel, cell * perGroup * filters + filter);
                cell++;
            }

            return sum;
        });
    }

    /// <summary>Finds the input's position under a kernel's cell; false beyond the border.</summary>
    private static bool Locate(Values x, int[] at, int[] cell, WindowOptions window, (int Positions, int Before)[] sides, int[] from)
    {
        (from[0], from[^1]) = (at[0], 0);
        for (var i = 0; i < cell.Length; i++)
        {
            from[i + 1] = at[i + 1] * window.Strides[i] + cell[i] * window.Dilation[i] - sides[i].Before;
            if (from[i + 1] < 0 || from[i + 1] >= x.Shape[i + 1]) return false;
        }

        return true;
    }

    /// <summary>Adds the products of one cell's input channels.</summary>
    private static Scalar Add(Scalar sum, Values x, int input, Values kernel, int weight)
    {
        var (channels, filters) = (kernel.Shape[^2], kernel.Shape[^1]);
        for (var c = 0; c < channels; c++) sum += x.Data[input + c] * kernel.Data[weight + c * filters];
        return sum;
    }

    /// <summary>Each channel with kernels of its own: a group for each channel.</summary>
    private static Values Each(Values x, Values kernel, Values? bias, WindowOptions window)
        => Convolve(x, kernel.Reshape([.. kernel.Shape[..^2], 1, kernel.Shape[^2] * kernel.Shape[^1]]), bias, window,
            groups: kernel.Shape[^2]);

    private static Values Plain(Convolution layer, Call call)
    {
        var window = new WindowOptions(layer.Strides, layer.DilationRate, layer.Padding);
        var sums = Convolve(Spatial.ChannelsLast(call.X, layer.DataFormat), call.Weights["kernel"], call.Weights.Find("bias"), window,
            layer.Groups);
        return Functions.Apply(layer.Activation, Spatial.InFormat(sums, layer.DataFormat));
    }

    private static Values Depthwise(DepthwiseConvolution layer, Call call)
    {
        var window = new WindowOptions(layer.Strides, layer.DilationRate, layer.Padding);
        var sums = Each(Spatial.ChannelsLast(call.X, layer.DataFormat), call.Weights["kernel"], call.Weights.Find("bias"), window);
        return Functions.Apply(layer.Activation, Spatial.InFormat(sums, layer.DataFormat));
    }

    /// <summary>Depthwise without bias, then a kernel of one cell that mixes the channels.</summary>
    private static Values Separable(SeparableConvolution layer, Call call)
    {
        var window = new WindowOptions(layer.Strides, layer.DilationRate, layer.Padding);
        var middle = Each(Spatial.ChannelsLast(call.X, layer.DataFormat), call.Weights["depthwise_kernel"], null, window);
        var sums = Convolve(middle, call.Weights["pointwise_kernel"], call.Weights.Find("bias"), new(1, 1, Padding.Valid));
        return Functions.Apply(layer.Activation, Spatial.InFormat(sums, layer.DataFormat));
    }
}

/// <summary>How a window moves.</summary>
internal sealed record WindowOptions(Extent Strides, Extent Dilation, Padding Padding)
{
    /// <summary>How many positions a kernel's cells span along an axis.</summary>
    public int Reach(int cells, int axis) => (cells - 1) * Dilation[axis] + 1;
}
