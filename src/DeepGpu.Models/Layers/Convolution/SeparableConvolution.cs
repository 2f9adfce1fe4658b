namespace DeepGpu.Models;

/// <summary>What separable convolutions along 1 or 2 axes have in common: a depthwise convolution, then a pointwise one.
/// Chollet, 2016.</summary>
public abstract record SeparableConvolution : UnaryLayer
{
    private protected SeparableConvolution(int spatial, int filters, Extent kernelSize, Activation activation)
    {
        Spatial = spatial;
        (Filters, KernelSize, Strides, DilationRate, Activation) = (filters, kernelSize, 1, 1, activation);
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The output's channels, at least 1.</summary>
    public int Filters { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Filters)); }

    /// <summary>The depthwise kernel's lengths, at least 1.</summary>
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(KernelSize)); }

    /// <summary>The step between positions. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>What happens at the border; causal for SeparableConv1D alone. Default valid.</summary>
    public Padding Padding
    {
        get;
        init => field = value == Padding.Causal && Spatial != 1
            ? throw Require.OutOfRange(ClassName, nameof(Padding), "valid or same", value)
            : value;
    }

    /// <summary>Depthwise channels per input channel. Default 1.</summary>
    public int DepthMultiplier { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(DepthMultiplier)); } = 1;

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the depthwise kernel's cells. Default 1.</summary>
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(DilationRate)); }

    /// <summary>The function after both convolutions. Default linear.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the depthwise kernel starts. Default Glorot uniform.</summary>
    public Initializer DepthwiseInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the pointwise kernel starts. Default Glorot uniform.</summary>
    public Initializer PointwiseInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the depthwise kernel; default none.</summary>
    public Regularizer? DepthwiseRegularizer { get; init; }

    /// <summary>A penalty on the pointwise kernel; default none.</summary>
    public Regularizer? PointwiseRegularizer { get; init; }

    /// <summary>A penalty on the bias; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the depthwise kernel is projected onto after each step; default nothing.</summary>
    public Constraint? DepthwiseConstraint { get; init; }

    /// <summary>What the pointwise kernel is projected onto after each step; default nothing.</summary>
    public Constraint? PointwiseConstraint { get; init; }

    /// <summary>What the bias is projected onto after each step; default nothing.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Activation.OutputShape(Sums(input));

    /// <summary>The shape before the activation.</summary>
    private Shape Sums(Shape input)
    {
        var output = Window.Slide(input, Spatial, DataFormat, KernelSize, Strides, DilationRate, Padding);
        DataFormat.Channels(input);
        return output.With(DataFormat.ChannelAxis(), Filters);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var channels = DataFormat.Channels(input);
        WeightSpec[] kernels =
        [
            new("depthwise_kernel", [.. KernelSize.Over(Spatial), channels, DepthMultiplier], DepthwiseInitializer)
            {
                Regularizer = DepthwiseRegularizer,
                Constraint = DepthwiseConstraint
            },
            new("pointwise_kernel", [.. Enumerable.Repeat(1, Spatial), channels * DepthMultiplier, Filters], PointwiseInitializer)
            {
                Regularizer = PointwiseRegularizer,
                Constraint = PointwiseConstraint
            },
        ];
        return UseBias
            ? [.. kernels, new("bias", [Filters], BiasInitializer) { Regularizer = BiasRegularizer, Constraint = BiasConstraint }]
            : kernels;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var channels = DataFormat.Channels(inputs[0]);
        var middle = Sums(inputs[0]).With(DataFormat.ChannelAxis(), channels * DepthMultiplier);
        var depthwise = new KernelWork(KernelSize.Over(Spatial), Strides.Over(Spatial), channels, channels * DepthMultiplier, channels);
        var pointwise = new KernelWork([.. Enumerable.Repeat(1, Spatial)], [.. Enumerable.Repeat(1, Spatial)],
            channels * DepthMultiplier, Filters, 1);
        return
        [
            .. Work.Convolution(name, this, depthwise, inputs, middle, useBias: false, Activation.Linear),
            .. Work.Convolution(name, this, pointwise, [middle], Sums(inputs[0]), UseBias, Activation),
        ];
    }
}
