using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Random convolutions.</summary>
internal static class ConvolutionCases
{
    /// <summary>Half-built layers of each kind.</summary>
    public static IEnumerable<(Type Layer, Func<Draw, NumericCase> Draw)> All =>
    [
        (typeof(Conv1D), d => Plain(d, 1, (filters, kernel) => new Conv1D(filters, kernel))),
        (typeof(Conv2D), d => Plain(d, 2, (filters, kernel) => new Conv2D(filters, kernel))),
        (typeof(Conv3D), d => Plain(d, 3, (filters, kernel) => new Conv3D(filters, kernel))),
        (typeof(Conv1DTranspose), d => Transposed(d, 1, (filters, kernel) => new Conv1DTranspose(filters, kernel))),
        (typeof(Conv2DTranspose), d => Transposed(d, 2, (filters, kernel) => new Conv2DTranspose(filters, kernel))),
        (typeof(Conv3DTranspose), d => Transposed(d, 3, (filters, kernel) => new Conv3DTranspose(filters, kernel))),
        (typeof(DepthwiseConv1D), d => Depthwise(d, 1, kernel => new DepthwiseConv1D(kernel))),
        (typeof(DepthwiseConv2D), d => Depthwise(d, 2, kernel => new DepthwiseConv2D(kernel))),
        (typeof(SeparableConv1D), d => Separable(d, 1, (filters, kernel) => new SeparableConv1D(filters, kernel))),
        (typeof(SeparableConv2D), d => Separable(d, 2, (filters, kernel) => new SeparableConv2D(filters, kernel))),
    ];

    private static NumericCase Plain(Draw d, int spatial, Func<int, Extent, Convolution> make)
    {
        var groups = d.Chance(3) ? d.Int(2, 4) : 1;
        var (channels, filters) = (groups * (groups == 1 ? d.Channels() : d.Int(1, 4)),
            groups * (groups == 1 ? d.Channels() : d.Int(1, 4)));
        var layer = make(filters, d.Extent(spatial, 1, 5 - spatial + 1)) with
        {
            Groups = groups,
            Strides = d.Extent(spatial, 1, 3, of: 2),
            DilationRate = d.Extent(spatial, 1, 3, of: 3),
            Padding = d.Padding(causal: spatial == 1),
            DataFormat = d.Format(),
            UseBias = !d.Chance(3),
            Activation = d.Activation(),
        };
        return On(d, layer, spatial, channels, layer.DataFormat, axis => (layer.KernelSize[axis] - 1) * layer.DilationRate[axis] + 1);
    }

    private static NumericCase Depthwise(Draw d, int spatial, Func<Extent, DepthwiseConvolution> make)
    {
        var layer = make(d.Extent(spatial, 1, 4)) with
        {
            DepthMultiplier = d.Of(1, 2, 3, 4),
            Strides = d.Extent(spatial, 1, 3, of: 2),
            DilationRate = d.Extent(spatial, 1, 3, of: 3),
            Padding = d.Padding(),
            DataFormat = d.Format(),
            UseBias = !d.Chance(3),
            Activation = d.Activation(),
        };
        return On(d, layer, spatial, d.Channels(), layer.DataFormat, axis => (layer.KernelSize[axis] - 1) * layer.DilationRate[axis] + 1);
    }

    private static NumericCase Separable(Draw d, int spatial, Func<int, Extent, SeparableConvolution> make)
    {
        var layer = make(d.Channels(), d.Extent(spatial, 1, 4)) with
        {
            DepthMultiplier = d.Int(1, 3),
            Strides = d.Extent(spatial, 1, 3, of: 2),
            DilationRate = d.Extent(spatial, 1, 3, of: 3),
            Padding = d.Padding(causal: spatial == 1),
            DataFormat = d.Format(),
            UseBias = !d.Chance(3),
            Activation = d.Activation(),
        };
        return On(d, layer, spatial, d.Int(1, 9), layer.DataFormat, axis => (layer.KernelSize[axis] - 1) * layer.DilationRate[axis] + 1);
    }

    private static NumericCase Transposed(Draw d, int spatial, Func<int, Extent, TransposedConvolution> make)
    {
        var layer = make(d.Channels(), d.Extent(spatial, 1, 5 - spatial + 1)) with
        {
            Strides = d.Extent(spatial, 1, 3, of: 2),
            DilationRate = d.Extent(spatial, 1, 2, of: 4),
            Padding = d.Padding(),
            DataFormat = d.Format(),
            UseBias = !d.Chance(3),
            Activation = d.Activation(),
        };
        if (d.Chance(4)) layer = layer with
        {
            OutputPadding = new([.. layer.Strides.Over(spatial)
            .Select(stride => d.Int(0, stride - 1))])
        };
        return On(d, layer, spatial, d.Channels(), layer.DataFormat, _ => 2);
    }

    /// <summary>Inputs at least as long as the window.</summary>
    private static NumericCase On(Draw d, Layer layer, int spatial, int channels, DataFormat format, Func<int, int> least)
    {
        int[] lengths = [.. Enumerable.Range(0, spatial).Select(axis => least(axis) + d.Int(0, spatial == 1 ? 12 : 5 - spatial))];
        return new(layer, Draw.Input(d.Batch(), lengths, channels, format)) { OpenAxes = d.Open(spatial, format) };
    }
}
