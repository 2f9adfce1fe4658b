namespace DeepGpu.Models;

/// <summary>What depthwise convolutions along 1 or 2 axes have in common: each channel is convolved with kernels of its own.</summary>
public abstract record DepthwiseConvolution : UnaryLayer
{
    private protected DepthwiseConvolution(int spatial, Extent kernelSize, Activation activation)
    {
        Spatial = spatial;
        (KernelSize, Strides, DilationRate, Activation) = (kernelSize, 1, 1, activation);
    }

    /// <summary>The number of spatial axes.</summary>
    internal int Spatial { get; }

    /// <summary>The kernel's lengths, at least 1.</summary>
    public Extent KernelSize { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(KernelSize)); }

    /// <summary>The step between positions. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>What happens at the border. Default valid.</summary>
    public Padding Padding
    {
        get;
        init => field = value == Padding.Causal ? throw Require.OutOfRange(ClassName, nameof(Padding), "valid or same", value) : value;
    }

    /// <summary>Output channels per input channel. Default 1.</summary>
    public int DepthMultiplier { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(DepthMultiplier)); } = 1;

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the kernel's cells. Default 1.</summary>
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(DilationRate)); }

    /// <summary>The function after the convolution. Default linear.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the kernel starts. Default Glorot uniform.</summary>
    public Initializer DepthwiseInitializer { get; init; } = Initializer.GlorotUniform;

    /// <summary>How the bias starts. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializer.Zeros;

    /// <summary>A penalty on the kernel; default none.</summary>
    public Regularizer? DepthwiseRegularizer { get; init; }

    /// <summary>A penalty on the bias; default none.</summary>
    public Regularizer? BiasRegularizer { get; init; }

    /// <summary>What the kernel is projected onto after each step; default nothing.</summary>
    public Constraint? DepthwiseConstraint { get; init; }

    /// <summary>What the bias is projected onto after each step; default nothing.</summary>
    public Constraint? BiasConstraint { get; init; }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Activation.OutputShape(Sums(input));

    /// <summary>The shape before the activation.</summary>
    private Shape Sums(Shape input)
    {
        var output = Window.Slide(input, Spatial, DataFormat, KernelSize, Strides, DilationRate, Padding);
        return output.With(DataFormat.ChannelAxis(), DataFormat.Channels(input) * DepthMultiplier);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
    {
        var channels = DataFormat.Channels(input);
        var kernel = new WeightSpec("kernel", [.. KernelSize.Over(Spatial), channels, DepthMultiplier], DepthwiseInitializer)
        {
            Regularizer = DepthwiseRegularizer,
            Constraint = DepthwiseConstraint
        };
        var bias = new WeightSpec("bias", [channels * DepthMultiplier], BiasInitializer)
        {
            Regularizer = BiasRegularizer,
            Constraint = BiasConstraint
        };
        return UseBias ? [kernel, bias] : [kernel];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var channels = DataFormat.Channels(inputs[0]);
        var kernel = new KernelWork(KernelSize.Over(Spatial), Strides.Over(Spatial), channels, channels * DepthMultiplier, channels);
        return Work.Convolution(name, this, kernel, inputs, Sums(inputs[0]), UseBias, Activation);
    }
}
