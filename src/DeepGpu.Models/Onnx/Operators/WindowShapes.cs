namespace DeepGpu.Models.Onnx;

/// <summary>Operators with a window that moves over height and width.</summary>
internal static class WindowShapes
{
    /// <summary>A convolution of the weights in an input.</summary>
    /// <param name="weights">Which input: 1 of Conv, 3 of QLinearConv.</param>
    /// <param name="type">The element type of the result; null for the input's.</param>
    public static Func<OperatorCall, GraphTensor[]> Convolution(int weights = 1, int? type = null) => call =>
    {
        if (call.Dims(0) is not { } dims || call.Dims(weights) is not { } kernel) return call.Open(type ?? call.Type);
        CheckRanks(call, dims, kernel);
        var groups = call.Node.Int("group", 1);
        if (groups < 1 || (dims[1] >= 0 && kernel[1] >= 0 && dims[1] != kernel[1] * groups) || kernel[0] % groups != 0)
            throw call.Misfit($"{kernel[1]} channels in each of {groups} groups, and filters that these divide");
        return call.One([dims[0], kernel[0], .. Window.Of(call, dims, kernel[2..]).Lengths], type);
    };

    public static GraphTensor[] TransposedConvolution(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims || call.Dims(1) is not { } kernel) return call.Open(call.Type);
        CheckRanks(call, dims, kernel);
        var groups = call.Node.Int("group", 1);
        if (groups < 1 || (dims[1] >= 0 && kernel[0] >= 0 && dims[1] != kernel[0])) throw call.Misfit($"{kernel[0]} channels");
        var window = Window.Of(call, dims, kernel[2..]);
        var (given, extra) = (call.Node.Ints("output_shape"), call.Node.Ints("output_padding"));
        return call.One([dims[0], Dims.Of(() => checked(kernel[1] * groups), kernel[1]),
            .. Enumerable.Range(0, dims.Length - 2).Select(axis => given is null ? window.Spread(axis, extra?[axis] ?? 0)
                : given[^(dims.Length - 2 - axis)])]);
    }

    public static GraphTensor[] Pooling(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        if (dims.Length < 3 || call.Node.Ints("kernel_shape") is not { } kernel || kernel.Length != dims.Length - 2)
            throw call.Misfit("(batch, channels, ...) and a window of as many axes");
        long[] result = [.. dims.Take(2), .. Window.Of(call, dims, kernel).Lengths];
        return [new(call.Type, result), .. Enumerable.Repeat(new GraphTensor(DeepGpu.Onnx.Files.TensorTypes.Int64, result),
            Math.Max(0, call.OutputCount - 1))];
    }

    public static GraphTensor[] GlobalPooling(OperatorCall call)
        => call.One(call.Dims(0) is { } dims ? [.. dims.Select((length, axis) => axis < 2 ? length : 1)] : null);

    /// <summary>An image at another size: the size is given, or factors.</summary>
    public static GraphTensor[] Resize(OperatorCall call)
    {
        if (call.Dims(0) is not { } dims) return call.Open(call.Type);
        var isOld = call.Node.Operator == "Upsample" || call.Node.Version < 11;
        var factors = call.Optional(isOld ? 1 : 2) ?? FactorsOf(call);
        var sizes = isOld ? null : call.Optional(3);
        int[] axes = [.. call.Node.Ints("axes")?.Select(axis => call.Axis(axis, dims.Length)) ?? Enumerable.Range(0, dims.Length)];
        if (sizes is { Dims: not [0] })
            return call.One(sizes.Longs is { } given && given.Length == axes.Length ? Sized(call, dims, axes, given) : Open(dims, axes));
        return call.One(factors?.Data is { } known && known.Length == axes.Length
            ? With(dims, axes, i => Dims.Of(() => GraphTensor.Whole(Math.Floor(dims[axes[i]] * known[i])), dims[axes[i]]))
                : Open(dims, axes));
    }

    /// <summary>Samples of an image at the places of a grid.</summary>
    public static GraphTensor[] GridSample(OperatorCall call)
        => call.Dims(0) is not [var n, var c, ..] || call.Dims(1) is not { Length: >= 4 } grid ? call.Open(call.Type)
            : call.One([n, c, .. grid[1..^1]]);

    /// <summary>One window a region of interest.</summary>
    public static GraphTensor[] RegionAlign(OperatorCall call)
        => call.One([call.Dims(1)?[0] ?? -1, call.Dims(0) is { Length: > 1 } dims ? dims[1] : -1, call.Node.Int("output_height", 1),
            call.Node.Int("output_width", 1)]);

    private static GraphTensor? FactorsOf(OperatorCall call)
        => call.Node.Attributes.TryGetValue("scales", out var given)
            ? GraphTensor.Of(1, [given.Floats.Count], [.. given.Floats.Select(factor => (double)factor)]) : null;

    /// <summary>The sizes asked for; where proportions are kept, the least or greatest of their factors decides.</summary>
    private static long[] Sized(OperatorCall call, long[] dims, int[] axes, long[] sizes)
    {
        var policy = call.Node.Text("keep_aspect_ratio_policy", "stretch");
        if (policy == "stretch") return With(dims, axes, i => sizes[i]);
        if (axes.Any(axis => dims[axis] <= 0)) return Open(dims, axes);
        var factors = axes.Select((axis, i) => (double)sizes[i] / dims[axis]);
        var factor = policy == "not_larger" ? factors.Min() : factors.Max();
        return With(dims, axes, i => (long)Math.Round(dims[axes[i]] * factor, MidpointRounding.AwayFromZero));
    }

    private static long[] Open(long[] dims, int[] axes) => With(dims, axes, _ => -1);

    private static long[] With(long[] dims, int[] axes, Func<int, long> length)
    {
        long[] result = [.. dims];
        foreach (var (i, axis) in axes.Index()) result[axis] = length(i);
        return result;
    }

    private static void CheckRanks(OperatorCall call, long[] dims, long[] kernel)
    {
        if (dims.Length < 3 || kernel.Length != dims.Length) throw call.Misfit("(batch, channels, ...) and weights of as many axes");
    }
}
