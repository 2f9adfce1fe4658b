namespace DeepGpu.Models;

/// <summary>What convolutions along 1, 2 or 3 axes have in common: activation(input * kernel + bias), a cross-correlation.</summary>
public abstract record Convolution : KernelLayer
{
    private protected Convolution(int spatial, int filters, Extent kernelSize, Activation activation)
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

    /// <summary>The step between positions. Default 1.</summary>
    public Extent Strides { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(Strides)); }

    /// <summary>What happens at the border. Default valid.</summary>
    public Padding Padding
    {
        get;
        init => field = value == Padding.Causal && Spatial != 1
            ? throw Require.OutOfRange(ClassName, nameof(Padding), "valid or same", value)
            : value;
    }

    /// <summary>Where the channels are. Default last.</summary>
    public DataFormat DataFormat { get; init; }

    /// <summary>The step between the kernel's cells. Default 1.</summary>
    public Extent DilationRate { get; init => field = value.Checked(Spatial, 1, ClassName, nameof(DilationRate)); }

    /// <summary>Into how many independent parts the channels are split. Default 1.</summary>
    public int Groups { get; init => field = Require.AtLeast(value, 1, ClassName, nameof(Groups)); } = 1;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Activation.OutputShape(Sums(input));

    /// <summary>The shape before the activation.</summary>
    private Shape Sums(Shape input)
    {
        var output = Window.Slide(input, Spatial, DataFormat, KernelSize, Strides, DilationRate, Padding);
        ChannelsPerGroup(input);
        return output.With(DataFormat.ChannelAxis(), Filters);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(Shape input)
        => KernelAndBias([.. KernelSize.Over(Spatial), ChannelsPerGroup(input), Filters], Filters);

    /// <inheritdoc/>
    public override IReadOnlyList<Operation> Operations(string name, IReadOnlyList<Shape> inputs)
    {
        var kernel = new KernelWork(KernelSize.Over(Spatial), Strides.Over(Spatial), DataFormat.Channels(inputs[0]), Filters, Groups);
        return Work.Convolution(name, this, kernel, inputs, Sums(inputs[0]), UseBias, Activation);
    }

    private int ChannelsPerGroup(Shape input)
    {
        var channels = DataFormat.Channels(input);
        return channels % Groups == 0 && Filters % Groups == 0
            ? channels / Groups
            : throw new ShapeException($"channels and filters that {Groups} groups divide",
                $"Use a number of groups that divides {channels} channels and {Filters} filters.");
    }
}
