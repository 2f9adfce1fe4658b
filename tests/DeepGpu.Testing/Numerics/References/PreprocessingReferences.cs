using DeepGpu.Models;

namespace DeepGpu.Testing.Numerics;

/// <summary>Scaling, resizing and categories.</summary>
internal static class PreprocessingReferences
{
    public static void Add()
    {
        ReferenceTable.AddMasked<Rescaling>((layer, call)
            => Values.Of(call.X.Shape, at => call.X[at] * For(layer.Scale, at[^1]) + For(layer.Offset, at[^1])));
        ReferenceTable.Add<Normalization>(Normalize);
        ReferenceTable.Add<Resizing>(Resize);
        ReferenceTable.Add<CenterCrop>((layer, call) => Crop(call.X, layer.Height, layer.Width, layer.DataFormat));
        ReferenceTable.Add<RandomCrop>((layer, call) => FromLargestWindow(call.X, layer.Height, layer.Width, layer.DataFormat));
        ReferenceTable.Add<AutoContrast>((layer, call) => Spatial.InFormat(
            Stretch(Spatial.ChannelsLast(call.X, layer.DataFormat), layer.ValueRange[0], layer.ValueRange[1]), layer.DataFormat));
        ReferenceTable.Add<CategoryEncoding>((layer, call) => Rows(call.X, layer.OutputMode, layer.NumTokens));
        ReferenceTable.Add<Discretization>((layer, call) => Ranges(layer, call.X));
        ReferenceTable.Add<IntegerLookup>(Places);
    }

    private static double For(IReadOnlyList<double> numbers, int index) => numbers.Count == 1 ? numbers[0] : numbers[index];

    /// <summary>(x - mean) / deviation, or x * deviation + mean; a deviation below 1e-7 counts as that.</summary>
    private static Values Normalize(Normalization layer, Call call)
    {
        var axis = layer.Axis is { } given ? given < 0 ? given + call.X.Rank : given : 0;
        var mean = layer.Mean ?? [.. call.Weights["mean"].Data.Select(v => v.Value)];
        var variance = layer.Variance ?? [.. call.Weights["variance"].Data.Select(v => v.Value)];
        double Deviation(int index) => Math.Max(Math.Sqrt(For(variance, index)), 1e-7);
        return Values.Of(call.X.Shape, at => layer.Invert
            ? call.X[at] * Deviation(at[axis]) + For(mean, at[axis])
            : (call.X[at] - For(mean, at[axis])) / Deviation(at[axis]));
    }

    /// <summary>Each channel of each image from its own least and largest value to the range's.</summary>
    private static Values Stretch(Values x, double least, double most)
        => Values.Of(x.Shape, at =>
        {
            var channel = Values.Positions([x.Shape[1], x.Shape[2]]).Select(p => x[at[0], p[0], p[1], at[3]]).ToList();
            var (low, high) = (channel.Aggregate(Scalar.Min), channel.Aggregate(Scalar.Max));
            return low.Value == high.Value ? x[at] : (x[at] - low) / (high - low) * (most - least) + least;
        });

    /// <summary>Stretches, or first cuts to or pads to the output's aspect ratio.</summary>
    private static Values Resize(Resizing layer, Call call)
    {
        var x = Spatial.ChannelsLast(call.X, layer.DataFormat);
        if (layer.CropToAspectRatio) x = LargestWindow(x, layer.Height, layer.Width);
        if (layer.PadToAspectRatio) x = Canvas(x, layer.Height, layer.Width, layer.FillValue);
        return Spatial.InFormat(ResizeReference.Resize(x, layer.Height, layer.Width, layer.Interpolation, layer.Antialias),
            layer.DataFormat);
    }

    /// <summary>The middle of an image at least as large as the output; else the largest window of its ratio, resized.</summary>
    private static Values Crop(Values input, int height, int width, DataFormat format)
    {
        var x = Spatial.ChannelsLast(input, format);
        if (x.Shape[1] < height || x.Shape[2] < width) return FromLargestWindow(input, height, width, format);
        return Spatial.InFormat(Window(x, (x.Shape[1] - height) / 2, (x.Shape[2] - width) / 2, height, width), format);
    }

    private static Values FromLargestWindow(Values input, int height, int width, DataFormat format)
        => Spatial.InFormat(ResizeReference.Resize(LargestWindow(Spatial.ChannelsLast(input, format), height, width), height, width,
            Interpolation.Bilinear, antialias: false), format);

    /// <summary>The largest centred window of a ratio; its sides are rounded down, not below 1.</summary>
    private static Values LargestWindow(Values x, int height, int width)
    {
        var (h, w) = (x.Shape[1], x.Shape[2]);
        var (rows, columns) = (Math.Min(h, Math.Max(w * height / width, 1)), Math.Min(w, Math.Max(h * width / height, 1)));
        return Window(x, (h - rows) / 2, (w - columns) / 2, rows, columns);
    }

    private static Values Window(Values x, int top, int left, int height, int width)
        => Values.Of([x.Shape[0], height, width, x.Shape[3]], at => x[at[0], at[1] + top, at[2] + left, at[3]]);

    /// <summary>The image in the middle of a canvas of a ratio that holds all of it.</summary>
    private static Values Canvas(Values x, int height, int width, double fill)
    {
        var (h, w) = (x.Shape[1], x.Shape[2]);
        var (rows, columns) = (Math.Max(h, w * height / width), Math.Max(w, h * width / height));
        var (top, left) = ((rows - h) / 2, (columns - w) / 2);
        return Values.Of([x.Shape[0], rows, columns, x.Shape[3]], at =>
        {
            var (i, j) = (at[1] - top, at[2] - left);
            return i >= 0 && i < h && j >= 0 && j < w ? x[at[0], i, j, at[3]] : fill;
        });
    }

    /// <summary>The number of boundaries at or below each number.</summary>
    private static Values Ranges(Discretization layer, Values x)
    {
        var boundaries = layer.BinBoundaries!.Value;
        return Rows(x.Map(v => boundaries.Count(boundary => v >= boundary)), layer.OutputMode, boundaries.Length + 1);
    }

    /// <summary>Places: the mask token's, then those of unknown numbers (a number modulo how many there are), then the
    /// vocabulary's.</summary>
    private static Values Places(IntegerLookup layer, Call call)
    {
        var (vocabulary, masks) = (layer.Vocabulary!.Value, layer.MaskToken is not null && layer.OutputMode == OutputMode.Int ? 1 : 0);
        var places = call.X.Map(v =>
        {
            var (number, known) = ((long)v.Value, vocabulary.IndexOf((long)v.Value));
            if (number == layer.MaskToken) return layer.OutputMode == OutputMode.Int ? 0 : -1;
            return known >= 0 ? masks + layer.NumOovIndices + known
                : masks + ((number % layer.NumOovIndices) + layer.NumOovIndices) % layer.NumOovIndices;
        });
        return Rows(places, layer.OutputMode, layer.PadToMaxTokens && layer.MaxTokens is { } most ? most
            : masks + layer.NumOovIndices + vocabulary.Length);
    }

    /// <summary>Places as they are, each as a row with a 1, or those of the last axis as one row.</summary>
    private static Values Rows(Values places, OutputMode mode, int depth)
    {
        if (mode == OutputMode.Int) return places;
        if (mode == OutputMode.OneHot)
        {
            var cells = places.Rank > 1 && places.Shape[^1] == 1 ? places.Reshape(places.Shape[..^1]) : places;
            return Values.Of([.. cells.Shape, depth], at => (int)cells[at.AsSpan(0, cells.Rank)].Value == at[^1] ? 1 : 0);
        }

        return Values.Of([.. places.Shape[..^1], depth], at =>
        {
            var count = Enumerable.Range(0, places.Shape[^1]).Count(i => (int)places[[.. at[..^1], i]].Value == at[^1]);
            return mode == OutputMode.Count ? count : Math.Min(count, 1);
        });
    }
}
