namespace DeepGpu.Models.Onnx;

/// <summary>Computes the few numbers that shapes follow from: nothing else of a network is computed.</summary>
internal static class Folding
{
    /// <summary>A function of numbers, element by element; null where one of them is not known or they are many.</summary>
    public static double[]? Each(long[]? dims, IReadOnlyList<GraphTensor?> inputs, Func<double[], double> function)
    {
        if (dims is null || Count(dims) is not { } count || inputs.Any(input => input is { Data: null })) return null;
        var (numbers, operands) = (new double[count], new double[inputs.Count]);
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < operands.Length; k++) operands[k] = inputs[k] is { } input ? At(input, dims, i) : 0;
            numbers[i] = function(operands);
        }

        return numbers;
    }

    /// <summary>Elements of one input at other places; null where they are not known or many.</summary>
    /// <param name="dims">The shape of the result.</param>
    /// <param name="input">The input.</param>
    /// <param name="place">The input's place for a place of the result; both are one index an axis.</param>
    public static double[]? Moved(long[]? dims, GraphTensor input, Func<long[], long[]> place)
    {
        if (dims is null || Count(dims) is not { } count || input is not { Data: { } data, Dims: { } from }) return null;
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = data[Flat(place(Places(i, dims)), from)];
        return numbers;
    }

    /// <summary>The number of elements, if they are few enough to be followed.</summary>
    public static int? Count(long[] dims)
        => Dims.Product(dims.Select(length => Math.Min(length, GraphTensor.MostNumbers + 1)))
            is >= 0 and <= GraphTensor.MostNumbers and var n
            ? (int)n : null;

    /// <summary>A row-major number as one index an axis.</summary>
    public static long[] Places(long flat, long[] dims)
    {
        var places = new long[dims.Length];
        for (var axis = dims.Length - 1; axis >= 0; axis--) (flat, places[axis]) = Math.DivRem(flat, dims[axis]);
        return places;
    }

    /// <summary>One index an axis as a row-major number.</summary>
    public static long Flat(long[] places, long[] dims)
    {
        var flat = 0L;
        for (var axis = 0; axis < dims.Length; axis++) flat = flat * dims[axis] + places[axis];
        return flat;
    }

    private static double At(GraphTensor input, long[] dims, int i)
    {
        var places = Places(i, dims).AsSpan(dims.Length - input.Dims!.Length).ToArray();
        for (var axis = 0; axis < places.Length; axis++) if (input.Dims[axis] == 1) places[axis] = 0;
        return input.Data![Flat(places, input.Dims)];
    }
}
