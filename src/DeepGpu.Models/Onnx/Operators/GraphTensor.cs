namespace DeepGpu.Models.Onnx;

/// <summary>What is known of a value of a graph before anything runs.</summary>
/// <param name="Type">The number of its element type; 0 where it is not known.</param>
/// <param name="Dims">The lengths of its axes, -1 for one that depends on data; null where their number is not known.</param>
internal sealed record GraphTensor(int Type, long[]? Dims)
{
    /// <summary>The most elements that are followed as numbers: shapes are shorter.</summary>
    public const int MostNumbers = 4096;

    /// <summary>Its elements, where they follow from constants and shapes alone and are few.</summary>
    public double[]? Data { get; init; }

    /// <summary>Whether its elements follow from shapes, and are others for other lengths.</summary>
    public bool IsVarying { get; init; }

    /// <summary>Whether its elements follow from constants and shapes alone.</summary>
    public bool IsFolded => Data is not null || IsVarying;

    /// <summary>Whether it follows from constants alone.</summary>
    public bool IsConstant { get; init; }

    /// <summary>The constants it is made of.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Its elements; null where a length is not known.</summary>
    public long? Count => Dims is null || Dims.Contains(-1) ? null : Dims.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Its shape, open lengths null; null where the number of axes is not known.</summary>
    public Shape? Shape => Dims is null ? null : new(Dims.Select(length => length < 0 ? null : (int?)checked((int)length)));

    /// <summary>The elements as whole numbers, infinities and such as the largest.</summary>
    public long[]? Longs => Data is null ? null : [.. Data.Select(Whole)];

    /// <summary>A value of numbers.</summary>
    public static GraphTensor Of(int type, long[] dims, double[]? data) => new(type, dims) { Data = data };

    /// <summary>A number as a whole one.</summary>
    public static long Whole(double number)
        => number >= long.MaxValue ? long.MaxValue : number <= long.MinValue || double.IsNaN(number) ? long.MinValue : (long)number;
}
