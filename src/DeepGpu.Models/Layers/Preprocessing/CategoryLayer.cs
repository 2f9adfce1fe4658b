namespace DeepGpu.Models;

/// <summary>What layers that yield numbers of categories have in common.</summary>
public abstract record CategoryLayer : UnaryLayer
{
    private protected CategoryLayer()
    {
    }

    private protected static Shape Encoded(Shape input, OutputMode mode, int depth)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (mode == OutputMode.Int) return input;
        if (mode == OutputMode.OneHot)
            return input.Rank > 1 && input[^1] == 1 ? input.With(input.Rank - 1, depth) : new Shape([.. input.Axes, depth]);
        return input.Rank > 1
            ? input.With(input.Rank - 1, depth)
            : throw new ShapeException("an axis of categories after the batch", "Use OneHot for single categories.");
    }

    /// <summary>A type that bins are written in.</summary>
    internal static DataType Integer(DataType type, string owner)
        => type is DataType.Int32 or DataType.Int64 ? type : throw Require.OutOfRange(owner, "integerType", "Int32 or Int64", type);

    /// <summary>Bins as an array of a type of <see cref="Integer"/>.</summary>
    internal static NDArray Numbers(long[] bins, DataType type) => type == DataType.Int64
        ? NDArray.From<long>(bins, bins.Length)
        : NDArray.From<int>(Array.ConvertAll(bins, bin => (int)bin), bins.Length);

    private protected static OutputMode Known(OutputMode mode, string owner)
        => mode != OutputMode.TfIdf ? mode : throw Require.OutOfRange(owner, nameof(OutputMode), "Int, OneHot, MultiHot or Count", mode);
}
