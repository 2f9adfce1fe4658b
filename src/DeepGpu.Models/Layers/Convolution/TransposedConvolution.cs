namespace DeepGpu.Models;

/// <summary>What transposed convolutions along 1, 2 or 3 axes have in common.</summary>
/// <remarks>Length of an output axis without output padding: n * stride for "same", n * stride + max(k - stride, 0) for "valid".</remarks>
public abstract record TransposedConvolution : KernelLayer
{
    private protected TransposedConvolution(int spatial, int filters, Extent kernelSize, Activation activation)
    {
        Spatial = spatial;
        (Filters, KernelSize, Strides, DilationRate) = (filters, kernelSize, 1, 1);
        Activation = activation;
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The output's channels, at least 1.</summary>
    public int Filters { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Filters)); }

    /// <summary>The kernel's lengths, at least 1.</summary>
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(KernelSize)); }

    /// <summary>How far apart the inputs are spread. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>Whether the border is cut to n * stride ("same") or kept ("valid"). Default valid.</summary>
    public Padding Padding
    {
        get;
        init => field = value == Padding.Causal ? throw Require.OutOfRange(ClassName, nameof(Padding), "valid or same", value) : value;
    }

    /// <summary>Positions added to each output axis beyond the smallest length; null for the length above.</summary>
    public Extent? OutputPadding { get; init => field = value?.Checked(Spatial, 0, ClassName, nameof(OutputPadding)); }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the kernel's cells. Default 1.</summary>
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(DilationRate)); }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        DataFormat.CheckRank(input, Spatial);
        if (OutputPadding is { } extra && Enumerable.Range(0, Spatial).Any(axis => extra[axis] >= Strides[axis]))
            throw new ShapeException($"an output padding below its strides {Strides}, not {extra}", "Use a smaller output padding.");
        var output = input.With(DataFormat.ChannelAxis(), Filters);
        for (var dimension = 0; dimension < Spatial; dimension++)
        {
            var axis = DataFormat.SpatialAxis(dimension);
            output = output.With(axis, input[axis] is { } length ? Length(length, dimension) : null);
        }

        return Activation.OutputShape(output);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => KernelAndBias([.. KernelSize.Over(Spatial), Filters, DataFormat.Channels(input)], Filters);

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var kernel = new KernelWork(KernelSize.Over(Spatial), Strides.Over(Spatial), DataFormat.Channels(inputs[0]), Filters, 1)
        {
            IsTransposed = true
        };
        return Work.Convolution(name, this, kernel, inputs, OutputShape(inputs[0]), UseBias, Activation);
    }

    /// <summary>The output's length on a spatial axis.</summary>
    internal int Length(int length, int dimension)
    {
        var (reach, stride) = ((KernelSize[dimension] - 1) * DilationRate[dimension] + 1, Strides[dimension]);
        return (Padding, OutputPadding?[dimension]) switch
        {
            (Padding.Same, null) => length * stride,
            (_, null) => length * stride + Math.Max(reach - stride, 0),
            (Padding.Same, { } extra) => (length - 1) * stride + reach - 2 * (reach / 2) + extra,
            (_, { } extra) => (length - 1) * stride + reach + extra,
        };
    }
}
