namespace DeepGpu.Hardware.Forecasting;

/// <summary>Shapes of products that libraries have kernels of their own for.</summary>
internal enum ProductClass
{
    Pointwise,
    Square3,
    Other,
    Grouped,
    Depthwise,
    Dense,
}

/// <summary>One kernel of a product with weights, of the whole batch.</summary>
/// <param name="Class">The kind of kernel.</param>
/// <param name="Flops">Floating-point operations.</param>
/// <param name="Rows">Rows of the product, of one group.</param>
/// <param name="Depth">Length summed over, of one group.</param>
/// <param name="Tiles">Tiles of 64 x 64 results that can be worked on side by side.</param>
/// <param name="Activations">Elements of activations read and written.</param>
/// <param name="Weights">Elements of weights.</param>
internal sealed record ProductKernel(ProductClass Class, double Flops, double Rows, double Depth, double Tiles,
    double Activations, double Weights)
{
    private const double Tile = 64;

    /// <summary>A gradient of weights sums over many positions; longer sums than this are split among units.</summary>
    private const double SplitDepth = 512;

    /// <summary>How many such kernels the step has.</summary>
    public double Count { get; init; } = 1;

    /// <summary>The kernels of an operation's step: forward, gradient of the input, gradient of the weights.</summary>
    public static IEnumerable<ProductKernel> Of(Operation operation, bool isTraining)
    {
        if ((operation.Product ?? InputProduct(operation)) is not { } p) yield break;
        var (kind, flops, weights) = (ClassOf(operation, p), 2.0 * p.Rows * p.Depth * p.Columns, (double)p.Rows * p.Depth);
        var (rows, channels, activations) =
            (p.Rows / (double)p.Groups, p.Channels / (double)p.Groups, operation.InputElements + p.Rows * p.Columns);
        yield return new(kind, flops, rows, p.Depth, TilesOf(rows, p.Columns) * p.Groups, activations, weights);
        if (isTraining && operation.NeedsInputGradient)
            yield return new(kind, flops, channels, rows * p.Cells, TilesOf(channels, p.InputColumns) * p.Groups, activations, weights);
        if (isTraining && operation.TrainableWeightElements > 0)
            yield return new(kind, flops, rows, p.Depth,
                TilesOf(rows, p.Depth) * p.Groups * Math.Max(1, p.Columns / SplitDepth), activations, weights);
    }

    /// <summary>The product of a recurrent layer with its inputs runs over all steps at once.</summary>
    private static MatrixProduct? InputProduct(Operation operation) => operation.Recurrence is { Features: > 0 } r
        ? new(r.Gates * r.Units, r.Features, 1, (double)r.Rows * operation.SequentialSteps, (double)r.Rows * operation.SequentialSteps)
        : null;

    private static double TilesOf(double rows, double columns) => Math.Ceiling(rows / Tile) * Math.Ceiling(columns / Tile);

    private static ProductClass ClassOf(Operation operation, MatrixProduct p) => p switch
    {
        _ when operation.Kind != OperationKind.Convolution => ProductClass.Dense,
        { Groups: > 1 } when p.Groups == p.Channels => ProductClass.Depthwise,
        { Groups: > 1 } => ProductClass.Grouped,
        { Cells: 1 } => ProductClass.Pointwise,
        { Cells: 9, HasUnitStride: true, IsSquareKernel: true } => ProductClass.Square3,
        _ => ProductClass.Other,
    };
}
