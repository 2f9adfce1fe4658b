using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Layers that move numbers: flattening, cutting, padding, repeating.</summary>
internal static class ReshapingReferences
{
    public static void Add()
    {
        ReferenceTable.Add<Flatten>((layer, call) => Joined(call.X.Rank > 2 ? Spatial.ChannelsLast(call.X, layer.DataFormat) : call.X));
        ReferenceTable.Add<Reshape>((layer, call)
            => call.X.Reshape([call.X.Shape[0], .. Known(layer, call.X.Data.Length / call.X.Shape[0])]));
        ReferenceTable.Add<Permute>((layer, call) => call.X.Transpose([0, .. layer.Dims]));
        ReferenceTable.Add<RepeatVector>((layer, call)
            => Values.Of([call.X.Shape[0], layer.N, call.X.Shape[1]], at => call.X[at[0], at[2]]));
        ReferenceTable.Add<Cropping1D>((layer, call) => Cut(layer, call.X));
        ReferenceTable.Add<Cropping2D>((layer, call) => Cut(layer, call.X));
        ReferenceTable.Add<Cropping3D>((layer, call) => Cut(layer, call.X));
        ReferenceTable.Add<ZeroPadding1D>((layer, call) => Pad(layer, call.X));
        ReferenceTable.Add<ZeroPadding2D>((layer, call) => Pad(layer, call.X));
        ReferenceTable.Add<ZeroPadding3D>((layer, call) => Pad(layer, call.X));
        ReferenceTable.Add<UpSampling1D>((layer, call) => Repeat(layer, call.X));
        ReferenceTable.Add<UpSampling2D>((layer, call) => layer.Interpolation == Interpolation.Nearest ? Repeat(layer, call.X)
            : Interpolate(layer, call.X));
        ReferenceTable.Add<UpSampling3D>((layer, call) => Repeat(layer, call.X));
    }

    private static Values Joined(Values x) => x.Reshape(x.Shape[0], x.Data.Length / x.Shape[0]);

    /// <summary>The target shape, its -1 replaced by what remains.</summary>
    private static IEnumerable<int> Known(Reshape layer, int elements)
    {
        var known = layer.TargetShape.Where(length => length > 0).Aggregate(1, (a, b) => a * b);
        return layer.TargetShape.Select(length => length == -1 ? elements / known : length);
    }

    private static Values Cut(CroppingLayer layer, Values input)
    {
        var x = Spatial.ChannelsLast(input, layer.DataFormat);
        var shape = Along(x, (length, axis) => length - layer.Cropping[axis].Before - layer.Cropping[axis].After);
        return Spatial.InFormat(Values.Of(shape, at => x[Along(at, (index, axis) => index + layer.Cropping[axis].Before)]),
            layer.DataFormat);
    }

    private static Values Pad(ZeroPadding layer, Values input)
    {
        var x = Spatial.ChannelsLast(input, layer.DataFormat);
        var shape = Along(x, (length, axis) => length + layer.Padding[axis].Before + layer.Padding[axis].After);
        var padded = Values.Of(shape, at =>
        {
            var from = Along(at, (index, axis) => index - layer.Padding[axis].Before);
            return from.Zip(x.Shape).All(pair => pair.First >= 0 && pair.First < pair.Second) ? x[from] : 0;
        });
        return Spatial.InFormat(padded, layer.DataFormat);
    }

    private static Values Repeat(UpSampling layer, Values input)
    {
        var x = Spatial.ChannelsLast(input, layer.DataFormat);
        var shape = Along(x, (length, axis) => length * layer.Size[axis]);
        return Spatial.InFormat(Values.Of(shape, at => x[Along(at, (index, axis) => index / layer.Size[axis])]), layer.DataFormat);
    }

    private static Values Interpolate(UpSampling2D layer, Values input)
    {
        var x = Spatial.ChannelsLast(input, layer.DataFormat);
        var resized = ResizeReference.Resize(x, x.Shape[1] * layer.Size[0], x.Shape[2] * layer.Size[1], layer.Interpolation,
            antialias: false);
        return Spatial.InFormat(resized, layer.DataFormat);
    }

    private static int[] Along(Values x, Func<int, int, int> change) => Along(x.Shape, change);

    /// <summary>Numbers of which those of the spatial axes are changed.</summary>
    private static int[] Along(int[] numbers, Func<int, int, int> change) => [numbers[0], .. numbers[1..^1].Select(change), numbers[^1]];
}
