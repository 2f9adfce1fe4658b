namespace DeepGpu.Models;

/// <summary>Several categories of a sample as one bin of their hash: "red and large" is a category of its own.</summary>
/// <remarks>In a model: two inputs or more, each (batch) or (batch, 1) of whole numbers, output of the same shape or (batch, bins); it runs
/// on the processor. Texts are crossed outside models by <see cref="Apply"/>. The hash is TensorFlow's: texts count by their FarmHash64
/// fingerprint, whole numbers as they are. Keras: https://keras.io/api/layers/preprocessing_layers/categorical/hashed_crossing/</remarks>
[LayerInputs(LayerInputs.Several)]
public sealed record HashedCrossing : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numBins">The number of bins, at least 1.</param>
    public HashedCrossing(int numBins) => NumBins = numBins;

    /// <summary>The number of bins, at least 1.</summary>
    public int NumBins { get; init => field = Require.AtLeast(value, 1, nameof(HashedCrossing), nameof(NumBins)); }

    /// <summary>How bins are written: as numbers (the default) or one-hot.</summary>
    public OutputMode OutputMode
    {
        get;
        init => field = value is OutputMode.Int or OutputMode.OneHot
            ? value
            : throw Require.OutOfRange(nameof(HashedCrossing), nameof(OutputMode), "Int or OneHot", value);
    }

    /// <summary>The type of bins written as numbers: Int64 (the default) or Int32. Keras's <c>dtype</c>.</summary>
    public DataType IntegerType { get; init => field = CategoryLayer.Integer(value, nameof(HashedCrossing)); } = DataType.Int64;

    /// <summary>The bins of samples whose categories are texts or whole numbers.</summary>
    /// <param name="features">Two features or more, each with one value a sample.</param>
    /// <returns>Whole numbers (samples), or Float32 (samples, bins) for <see cref="OutputMode.OneHot"/>.</returns>
    /// <exception cref="DeepGpuArgumentException">There are fewer than two features, or they have different lengths.</exception>
    public NDArray Apply(params IReadOnlyList<IReadOnlyList<CategoryValue>> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count < 2) throw Require.OutOfRange(nameof(HashedCrossing), nameof(features), "two or more", features.Count);
        var lengths = features.Select(feature => feature.Count).Distinct().ToList();
        var received = string.Join(", ", lengths);
        if (lengths.Count > 1) throw Require.OutOfRange(nameof(HashedCrossing), nameof(features), "of equal lengths", received);
        long[] bins = [.. Enumerable.Range(0, lengths[0]).Select(i => CategoryHash.Cross(features.Select(feature => feature[i]), NumBins))];
        return OutputMode == OutputMode.Int ? CategoryLayer.Numbers(bins, IntegerType) : OneHot(bins);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> OutputShapes(IReadOnlyList<Shape> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count < 2) throw new ShapeException("two inputs or more", "Call it on each feature to be crossed.");
        if (!inputs.All(input => input.Rank == inputs[0].Rank && IsOneNumber(input)))
        {
            throw new ShapeException("inputs of one shape, (batch) or (batch, 1)", "Cross one number of each sample at a time.");
        }

        return OutputMode == OutputMode.Int ? [inputs[0]] : [new Shape(inputs[0][0], NumBins)];
    }

    private static bool IsOneNumber(Shape input) => input.Rank == 1 || input.Rank == 2 && input[1] == 1;

    private NDArray OneHot(long[] bins)
    {
        var rows = new float[checked(bins.Length * NumBins)];
        for (var i = 0; i < bins.Length; i++) rows[i * NumBins + bins[i]] = 1;
        return NDArray.From<float>(rows, bins.Length, NumBins);
    }
}
